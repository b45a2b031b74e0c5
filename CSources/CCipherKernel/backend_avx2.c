// The AVX2 backend: 256 lanes in vector registers, for x86-64 CPUs with AVX2 and AES-NI.
#include "backend.h"

#if defined(__x86_64__)
#include "cpu_x86.h"
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,aes"))), apply_to = function)

typedef uint64_t lane_avx2 __attribute__((vector_size(256 / 8), may_alias));

#define LANE lane_avx2
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#define LANE_UNPACK(half, bits, a, b)                                                              \
    ((LANE)_mm256_unpack##half##_epi##bits((__m256i)(a), (__m256i)(b)))
#define CK_NAME(x) x##_avx2

#include "lanes_bitslice.h"
#include "rows_bitslice.h"

#include "des_round_avx2.h"

#include "aes_ni.h"
#define CK_DES_ROUND
#include "des_bitslice.h"

#include "backend_bitslice.h"

#pragma clang attribute pop

// CPUID.7.EBX[5], CPUID.1.ECX[25], and XCR0[2:1]: the SSE and AVX state.
static bool CK_NAME(is_supported)(void) {
    return cpu_x86_has(
        (cpu_x86_needs){.leaf_7_ebx = bit_AVX2, .leaf_1_ecx = bit_AES, .state = 0x06});
}

const ck_backend ck_backend_avx2 = {
    .name = "avx2",
    .summary = "256 lanes: DES bitsliced in AVX2 registers, AES by AES-NI",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_AES_BY_INSTRUCTIONS,
};

#endif
