// AES by the instructions of ARMv8's Cryptographic Extension: a block in a 128-bit register.
//
// Included inside a region that targets aes, after <arm_neon.h>. AESE and AESD add a key before the
// S-boxes, where x86's add it at the end of a round: here theirs is zero, and the key a XOR of its
// own, which the compiler may still put into the AESE of the next round.

typedef uint8_t CK_NAME(aes_vector) __attribute__((vector_size(16), may_alias));

#define AES_VECTOR CK_NAME(aes_vector)
#define AES_OF(x) ((uint8x16_t)(x))
#define AES_WORDS(x) ((uint32x4_t)(x))
#define AES_HALVES(x) ((uint64x2_t)(x))
#define AES_ROUND(block, key)                                                                      \
    ((AES_VECTOR)vaesmcq_u8(vaeseq_u8(AES_OF(block), vdupq_n_u8(0))) ^ (key))
#define AES_LAST_ROUND(block, key) ((AES_VECTOR)vaeseq_u8(AES_OF(block), vdupq_n_u8(0)) ^ (key))
#define AES_INVERSE_ROUND(block, key)                                                              \
    ((AES_VECTOR)vaesimcq_u8(vaesdq_u8(AES_OF(block), vdupq_n_u8(0))) ^ (key))
#define AES_INVERSE_LAST_ROUND(block, key)                                                         \
    ((AES_VECTOR)vaesdq_u8(AES_OF(block), vdupq_n_u8(0)) ^ (key))
#define AES_PERMUTE(block, map) ((AES_VECTOR)vqtbl1q_u8(AES_OF(block), AES_OF(map)))
#define AES_JOIN(rows, start) ((AES_VECTOR)vld1q_u8((rows)[0] + (start)))
#define AES_LOW_32(a, b) ((AES_VECTOR)vzip1q_u32(AES_WORDS(a), AES_WORDS(b)))
#define AES_HIGH_32(a, b) ((AES_VECTOR)vzip2q_u32(AES_WORDS(a), AES_WORDS(b)))
#define AES_LOW_64(a, b) ((AES_VECTOR)vzip1q_u64(AES_HALVES(a), AES_HALVES(b)))
#define AES_HIGH_64(a, b) ((AES_VECTOR)vzip2q_u64(AES_HALVES(a), AES_HALVES(b)))

#include "lanes_blocks.h"

#include "aes_key_schedule.h"

#include "aes_instructions.h"
