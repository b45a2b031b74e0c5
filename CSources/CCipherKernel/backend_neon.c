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

#define CK_NAME(x) x##_neon

#include "lane_128.h"

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
