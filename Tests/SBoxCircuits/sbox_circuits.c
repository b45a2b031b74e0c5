// The S-box circuits over plain words: see sbox_circuits.h.
#include "sbox_circuits.h"

#define LANE uint64_t
#define CK_NAME(x) x##_test

#include "aes_sbox.h"
#include "des_sboxes.h"

#define DES_SBOX(n)                                                                                \
    case n:                                                                                        \
        des_sbox##n##_test(in[0], in[1], in[2], in[3], in[4], in[5], out, out + 1, out + 2,        \
                           out + 3);                                                               \
        break;

void sbox_circuits_des(unsigned box, uint64_t out[static 4], const uint64_t in[static 6]) {
    switch (box) {
        DES_SBOX(1)
        DES_SBOX(2)
        DES_SBOX(3)
        DES_SBOX(4)
        DES_SBOX(5)
        DES_SBOX(6)
        DES_SBOX(7)
        DES_SBOX(8)
    }
}

void sbox_circuits_aes(uint64_t bits[static 8]) {
    aes_sbox_test(bits);
}

void sbox_circuits_aes_inverse(uint64_t bits[static 8]) {
    aes_inverse_sbox_test(bits);
}
