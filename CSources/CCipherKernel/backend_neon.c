// The NEON backend: 128 lanes in vector registers, for every AArch64 CPU.
#include "backend.h"

#if defined(__aarch64__)
#include <string.h>

typedef uint64_t lane_neon __attribute__((vector_size(128 / 8), may_alias));

#define LANE lane_neon
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#define CK_NAME(x) x##_neon

#include "lanes_bitslice.h"

#include "aes_sbox.h"
#include "des_sboxes.h"

#include "aes_bitslice.h"
#include "des_bitslice.h"

#include "backend_bitslice.h"

// Advanced SIMD is part of the architecture's base.
static bool CK_NAME(is_supported)(void) {
    return true;
}

const ck_backend ck_backend_neon = {
    .name = "neon",
    .summary = "bitsliced over 128 lanes in NEON registers",
    .constant_time = true,
    .lanes = CK_NAME(lanes),
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_BITSLICED_AES,
};

#endif
