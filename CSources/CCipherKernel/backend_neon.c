// The NEON backend: 128 lanes in vector registers, for AArch64 CPUs with the AES instructions of
// the Cryptographic Extension. (Raspberry Pi 4 and older have none.)
#include "backend.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>
#if defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#pragma clang attribute push(__attribute__((target("aes"))), apply_to = function)

typedef uint64_t lane_neon __attribute__((vector_size(128 / 8), may_alias));
typedef uint8x16_t lane_of_8;
typedef uint16x8_t lane_of_16;
typedef uint32x4_t lane_of_32;
typedef uint64x2_t lane_of_64;

#define LANE lane_neon
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#define LANE_SELECT(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define LANE_UNPACK(half, bits, a, b)                                                              \
    ((LANE)LANE_UNPACK_##half(bits)((lane_of_##bits)(a), (lane_of_##bits)(b)))
#define LANE_UNPACK_lo(bits) vzip1q_u##bits
#define LANE_UNPACK_hi(bits) vzip2q_u##bits
#define CK_NAME(x) x##_neon

#include "lanes_bitslice.h"
#include "rows_bitslice.h"

#include "des_sboxes.h"

#include "aes_arm.h"
#include "des_bitslice.h"

#include "backend_bitslice.h"

#pragma clang attribute pop

// NEON itself is part of the architecture's base. Of the systems that do not tell, Apple's run on
// CPUs that all have AES.
static bool CK_NAME(is_supported)(void) {
#if defined(__linux__)
    return getauxval(AT_HWCAP) & HWCAP_AES;
#elif defined(__ARM_FEATURE_AES)
    return true;
#else
    return false;
#endif
}

const ck_backend ck_backend_neon = {
    .name = "neon",
    .summary = "128 lanes: DES bitsliced in NEON registers, AES by ARMv8 instructions",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_AES_BY_INSTRUCTIONS,
};

#endif
