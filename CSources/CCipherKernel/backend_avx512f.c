// The AVX-512 backend for x86-64 CPUs before Ice Lake, which have no VAES.
#include "backend.h"

#if defined(__x86_64__)
#include "cpu_x86.h"
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,aes"))), apply_to = function)

typedef uint64_t lane_avx512f __attribute__((vector_size(512 / 8), may_alias));

#define LANE lane_avx512f
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#define LANE_UNPACK(half, bits, a, b)                                                              \
    ((LANE)_mm512_unpack##half##_epi##bits((__m512i)(a), (__m512i)(b)))
#define LANE_SELECT(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define CK_NAME(x) x##_avx512f

#include "lanes_bitslice.h"
#include "rows_bitslice.h"

#include "des_round_avx512.h"

#include "aes_ni.h"
#define CK_DES_ROUND
#include "des_bitslice.h"

#include "backend_bitslice.h"

#pragma clang attribute pop

// CPUID.7.EBX[16] and [30], CPUID.1.ECX[25], and XCR0[7:5] with XCR0[2:1]: opmasks and all of the
// vector registers.
static bool CK_NAME(is_supported)(void) {
    return cpu_x86_has((cpu_x86_needs){
        .leaf_7_ebx = bit_AVX512F | bit_AVX512BW, .leaf_1_ecx = bit_AES, .state = 0xE6});
}

const ck_backend ck_backend_avx512f = {
    .name = "avx512f",
    .summary = "512 lanes: DES bitsliced in AVX-512 registers, AES by AES-NI",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_AES_BY_INSTRUCTIONS,
};

#endif
