// AES by AES-NI: a block in a 128-bit register.
//
// Included inside a region that targets aes and ssse3 (AVX2 has it), after <immintrin.h>.

typedef uint8_t CK_NAME(aes_vector) __attribute__((vector_size(16), may_alias));

#define AES_VECTOR CK_NAME(aes_vector)
#define AES_OF(x) ((__m128i)(x))
#define AES_ROUND(block, key) ((AES_VECTOR)_mm_aesenc_si128(AES_OF(block), AES_OF(key)))
#define AES_LAST_ROUND(block, key) ((AES_VECTOR)_mm_aesenclast_si128(AES_OF(block), AES_OF(key)))
#define AES_INVERSE_ROUND(block, key) ((AES_VECTOR)_mm_aesdec_si128(AES_OF(block), AES_OF(key)))
#define AES_INVERSE_LAST_ROUND(block, key)                                                         \
    ((AES_VECTOR)_mm_aesdeclast_si128(AES_OF(block), AES_OF(key)))
#define AES_PERMUTE(block, map) ((AES_VECTOR)_mm_shuffle_epi8(AES_OF(block), AES_OF(map)))
#define AES_JOIN(rows, start) ((AES_VECTOR)_mm_loadu_si128((const __m128i *)((rows)[0] + (start))))
#define AES_LOW_32(a, b) ((AES_VECTOR)_mm_unpacklo_epi32(AES_OF(a), AES_OF(b)))
#define AES_HIGH_32(a, b) ((AES_VECTOR)_mm_unpackhi_epi32(AES_OF(a), AES_OF(b)))
#define AES_LOW_64(a, b) ((AES_VECTOR)_mm_unpacklo_epi64(AES_OF(a), AES_OF(b)))
#define AES_HIGH_64(a, b) ((AES_VECTOR)_mm_unpackhi_epi64(AES_OF(a), AES_OF(b)))

#include "lanes_blocks.h"

#include "aes_key_schedule.h"

#include "aes_instructions.h"
