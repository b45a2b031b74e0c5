// DES rounds of the kernel, which the package does not offer to others: the library that the
// benchmark is linked with holds it.
#ifndef KERNEL_ROUNDS_H
#define KERNEL_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Blocks for each lane and rounds for each block in one call of kernel_rounds_compute.
enum { KERNEL_ROUNDS_BLOCKS = 2, KERNEL_ROUNDS_OF_TDES = 48 };

// Memory of TDES under keys of each lane's own, or NULL if the kernel has no backend of that name.
void *kernel_rounds_open(const char *backend);

// Encrypts blocks of every lane, in place and in cache: initial permutation, 48 rounds, final
// permutation.
void kernel_rounds_compute(void *opened);

void kernel_rounds_close(void *opened);

// Logic operations on 512 bits as one round of the kernel for AVX-512 has them, of three inputs and
// of two.
enum { KERNEL_ROUNDS_TERNARY = 143, KERNEL_ROUNDS_OF_TWO = 102 };

// Executes as many such operations alone, in the proportion of a round: no load, no store, and each
// on registers that have long been ready, so that the units of the CPU limit it. `operations`
// is a multiple of 24. False where there is no AVX-512.
bool kernel_rounds_operate(size_t operations);

#endif
