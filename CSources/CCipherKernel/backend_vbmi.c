// The VBMI backend: 8 lanes, for a few requests at a time on x86-64 CPUs with AVX-512 VBMI, GFNI
// and AES-NI.
#include "backend.h"

#if defined(__x86_64__)
#include "cpu_x86.h"
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vbmi,gfni,aes"))),      \
                             apply_to = function)

#define CK_NAME(x) x##_vbmi

#include "vectors_vbmi.h"

#include "lanes_vbmi.h"

#include "aes_ni.h"
#include "des_lookups.h"
#include "des_vbmi.h"

#pragma clang attribute pop

// CPUID.7.EBX[16] and [30], CPUID.7.ECX[1] and [8], CPUID.1.ECX[25], and XCR0[7:5] with XCR0[2:1]:
// opmasks and all of the vector registers.
static bool CK_NAME(is_supported)(void) {
    return cpu_x86_has((cpu_x86_needs){.leaf_1_ecx = bit_AES,
                                       .leaf_7_ebx = bit_AVX512F | bit_AVX512BW,
                                       .leaf_7_ecx = bit_AVX512VBMI | bit_GFNI,
                                       .state = 0xE6});
}

const ck_backend ck_backend_vbmi = {
    .name = "vbmi",
    .summary = "8 lanes, for few at a time: DES looked up in AVX-512 registers, AES by AES-NI",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_DES_BY_LOOKUPS,
    .aes = CK_AES_BY_INSTRUCTIONS,
};

#endif
