// AES by VAES: four blocks in an AVX-512 register.
//
// Included inside a region that targets avx512f, avx512bw and vaes, after <immintrin.h>.

typedef uint8_t CK_NAME(aes_vector) __attribute__((vector_size(64), may_alias));

#define AES_VECTOR CK_NAME(aes_vector)
#define AES_OF(x) ((__m512i)(x))
#define AES_ROUND(block, key) ((AES_VECTOR)_mm512_aesenc_epi128(AES_OF(block), AES_OF(key)))
#define AES_LAST_ROUND(block, key)                                                                 \
    ((AES_VECTOR)_mm512_aesenclast_epi128(AES_OF(block), AES_OF(key)))
#define AES_INVERSE_ROUND(block, key) ((AES_VECTOR)_mm512_aesdec_epi128(AES_OF(block), AES_OF(key)))
#define AES_INVERSE_LAST_ROUND(block, key)                                                         \
    ((AES_VECTOR)_mm512_aesdeclast_epi128(AES_OF(block), AES_OF(key)))
#define AES_PERMUTE(block, map) ((AES_VECTOR)_mm512_shuffle_epi8(AES_OF(block), AES_OF(map)))
#define AES_PAIR(rows, i, start)                                                                   \
    _mm256_loadu2_m128i((const __m128i *)((rows)[(i) + 1] + (start)),                              \
                        (const __m128i *)((rows)[i] + (start)))
#define AES_JOIN(rows, start)                                                                      \
    ((AES_VECTOR)_mm512_inserti64x4(_mm512_castsi256_si512(AES_PAIR(rows, 0, start)),              \
                                    AES_PAIR(rows, 2, start), 1))
#define AES_LOW_32(a, b) ((AES_VECTOR)_mm512_unpacklo_epi32(AES_OF(a), AES_OF(b)))
#define AES_HIGH_32(a, b) ((AES_VECTOR)_mm512_unpackhi_epi32(AES_OF(a), AES_OF(b)))
#define AES_LOW_64(a, b) ((AES_VECTOR)_mm512_unpacklo_epi64(AES_OF(a), AES_OF(b)))
#define AES_HIGH_64(a, b) ((AES_VECTOR)_mm512_unpackhi_epi64(AES_OF(a), AES_OF(b)))
// MemorySanitizer takes for initialised what assembly writes, and would lose sight of secrets.
#if !__has_feature(memory_sanitizer)
#define AES_IN_ORDER(blocks) __asm__ volatile("" : "+v"(blocks))
#endif

#include "lanes_blocks.h"

#include "aes_key_schedule.h"

#include "aes_instructions.h"
