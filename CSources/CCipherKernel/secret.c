// Constant-time comparison and wiping of bytes.
#include "cipher_kernel.h"
#include <string.h>

bool ck_equal(const uint8_t *a, const uint8_t *b, size_t length) {
    uint32_t difference = 0;
    for (size_t i = 0; i < length; i++) {
        difference |= (uint32_t)(a[i] ^ b[i]);
        // Hides the running value, lest the compiler leave the loop at the first difference.
        __asm__("" : "+r"(difference));
    }
    return ((difference - 1) >> 31) & 1;
}

void ck_wipe(void *memory, size_t length) {
    if (length == 0) return;
    memset(memory, 0, length);
    // A compiler that sees no later read may drop the memset; this counts as one.
    __asm__ volatile("" : : "r"(memory) : "memory");
}
