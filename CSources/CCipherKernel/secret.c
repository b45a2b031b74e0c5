// Constant-time comparison and wiping of bytes.
#include "cipher_kernel.h"
#include <string.h>

bool ck_equal(const uint8_t *a, const uint8_t *b, size_t length) {
    // Volatile, lest the compiler leave the loop at the first difference. Inline assembly would do
    // it too, but a checker of secrets takes that for a use of one.
    volatile uint32_t collected = 0;
    for (size_t i = 0; i < length; i++)
        collected = collected | (uint32_t)(a[i] ^ b[i]);
    // Into the lowest bit by shifts, which keep the marks of such a checker; a borrow would not.
    uint32_t difference = collected;
    difference |= difference >> 4;
    difference |= difference >> 2;
    difference |= difference >> 1;
    return (difference & 1) ^ 1;
}

void ck_wipe(void *memory, size_t length) {
    if (length == 0) return;
    memset(memory, 0, length);
    // A compiler that sees no later read may drop the memset; this counts as one.
    __asm__ volatile("" : : "r"(memory) : "memory");
}
