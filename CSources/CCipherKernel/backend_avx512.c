// The AVX-512 backend: 512 lanes in vector registers, for x86-64 CPUs with AVX-512, GFNI and VAES.
#include "backend.h"

#if defined(__x86_64__)
#include "cpu_x86.h"
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,gfni,vaes"))),                \
                             apply_to = function)

typedef uint64_t lane_avx512 __attribute__((vector_size(512 / 8), may_alias));

#define LANE lane_avx512
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#define LANE_UNPACK(half, bits, a, b)                                                              \
    ((LANE)_mm512_unpack##half##_epi##bits((__m512i)(a), (__m512i)(b)))
#define LANE_SELECT(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define LANE_TRANSPOSE(a) CK_NAME(transposed)(a)
#define CK_NAME(x) x##_avx512

static inline LANE CK_NAME(transposed)(LANE a) {
#if __has_feature(memory_sanitizer)
    // The same in arithmetic: MemorySanitizer does not follow the instruction.
    LANE change = (a ^ a >> 9) & LANE_SPLAT(0x0055005500550055);
    a ^= change ^ change << 9;
    change = (a ^ a >> 18) & LANE_SPLAT(0x0000333300003333);
    a ^= change ^ change << 18;
    change = (a ^ a >> 36) & LANE_SPLAT(0x000000000F0F0F0F);
    return a ^ change ^ change << 36;
#else
    // The product of each word as a matrix, whose last byte is the first row, with one bit each.
    const __m512i bits = (__m512i)LANE_SPLAT(0x0102040810204080);
    return (LANE)_mm512_gf2p8affine_epi64_epi8(bits, (__m512i)a, 0);
#endif
}

#include "lanes_bitslice.h"
#include "rows_bitslice.h"

#include "des_round_avx512.h"

#include "aes_vaes.h"
#define CK_DES_ROUND
#include "des_bitslice.h"

#include "backend_bitslice.h"

#pragma clang attribute pop

// CPUID.7.EBX[16] and [30], CPUID.7.ECX[8] and [9], and XCR0[7:5] with XCR0[2:1]: opmasks and all
// of the vector registers.
static bool CK_NAME(is_supported)(void) {
    return cpu_x86_has((cpu_x86_needs){.leaf_7_ebx = bit_AVX512F | bit_AVX512BW,
                                       .leaf_7_ecx = bit_GFNI | bit_VAES,
                                       .state = 0xE6});
}

const ck_backend ck_backend_avx512 = {
    .name = "avx512",
    .summary = "512 lanes: DES bitsliced in AVX-512 registers, AES by VAES",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_AES_BY_INSTRUCTIONS,
    .few = &ck_backend_vbmi,
    .few_rows = 64,
};

#endif
