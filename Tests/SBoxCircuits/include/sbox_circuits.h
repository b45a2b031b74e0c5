/*
 * sbox_circuits.h: the kernel's S-box circuits on their own, for tests, over 64 inputs at a time:
 * bit i of each word belongs to input i.
 */
#ifndef SBOX_CIRCUITS_H
#define SBOX_CIRCUITS_H

#include <stdint.h>

/* XORs the output bits of DES S-box `box`, 1 to 8, into out[0] (the most significant) to out[3].
 * in[0] is the first, most significant input bit. */
void sbox_circuits_des(unsigned box, uint64_t out[static 4], const uint64_t in[static 6]);

/* The AES S-box and its inverse, in place; bits[0] is the most significant bit. */
void sbox_circuits_aes(uint64_t bits[static 8]);
void sbox_circuits_aes_inverse(uint64_t bits[static 8]);

#endif
