#include "include/hex_text.h"

#include <string.h>

typedef uint8_t characters __attribute__((vector_size(HEX_TEXT_BLOCK)));
typedef uint16_t character_pairs __attribute__((vector_size(HEX_TEXT_BLOCK)));
typedef uint8_t packed_pairs __attribute__((vector_size(HEX_TEXT_BLOCK / 2)));
typedef bool marks __attribute__((ext_vector_type(HEX_TEXT_BLOCK)));

// Written once, for vectors of any width; compiled below for each width there is.
#define GENERIC static inline __attribute__((always_inline))

GENERIC void decode_pairs(uint8_t *bytes, const uint8_t *text) {
    characters digits;
    memcpy(&digits, text, sizeof digits);
    // Bit 6 tells a letter, of either case: A is 1 there, and stands for 9 more.
    character_pairs letters = (character_pairs)(digits & 0x40);
    character_pairs values =
        (character_pairs)((digits & 0x0F) + (characters)(letters >> 3 | letters >> 6));
    // Little-endian: the first digit is the lower byte of a pair.
    packed_pairs packed = __builtin_convertvector((values << 4 | values >> 8) & 0xFF, packed_pairs);
    memcpy(bytes, &packed, sizeof packed);
}

GENERIC void mark_others(uint8_t *others, const uint8_t *text) {
    characters all;
    memcpy(&all, text, sizeof all);
    characters digits = (characters)(all - '0' < 10) | (characters)((all | 0x20) - 'a' < 6);
    marks marked = __builtin_convertvector(digits == 0, marks);
    memcpy(others, &marked, HEX_TEXT_BLOCK / 8);
}

GENERIC void decode(const uint8_t *text, size_t blocks, uint8_t *even, uint8_t *odd,
                    uint8_t *others) {
    for (size_t i = 0; i < blocks; i++) {
        const uint8_t *block = text + HEX_TEXT_BLOCK * i;
        decode_pairs(even + HEX_TEXT_BLOCK / 2 * i, block);
        decode_pairs(odd + HEX_TEXT_BLOCK / 2 * i, block + 1);
        mark_others(others + HEX_TEXT_BLOCK / 8 * i, block);
    }
}

// So many blocks at a time that the counts of their columns, which are bytes, hold.
GENERIC size_t count_lines(const uint8_t *text, size_t count) {
    size_t found = 0;
    const uint8_t *end = text + count;
    while (end - text >= HEX_TEXT_BLOCK) {
        characters counts = {0};
        for (int i = 0; i < UINT8_MAX && end - text >= HEX_TEXT_BLOCK; i++) {
            characters all;
            memcpy(&all, text, sizeof all);
            counts -= (characters)(all == '\n');
            text += HEX_TEXT_BLOCK;
        }
        for (int i = 0; i < HEX_TEXT_BLOCK; i++) {
            found += counts[i];
        }
    }
    for (; text < end; text++) {
        found += *text == '\n';
    }
    return found;
}

// The generic functions compiled for a CPU.
#define IMPLEMENTATION(cpu, attribute, condition)                                                  \
    static bool is_supported_##cpu(void) {                                                         \
        return condition;                                                                          \
    }                                                                                              \
    attribute static void decode_##cpu(const uint8_t *text, size_t blocks, uint8_t *even,          \
                                       uint8_t *odd, uint8_t *others) {                            \
        decode(text, blocks, even, odd, others);                                                   \
    }                                                                                              \
    attribute static size_t count_lines_##cpu(const uint8_t *text, size_t count) {                 \
        return count_lines(text, count);                                                           \
    }                                                                                              \
    static const struct hex_text_implementation cpu = {#cpu, is_supported_##cpu, decode_##cpu,     \
                                                       count_lines_##cpu};

#if defined(__x86_64__)
IMPLEMENTATION(avx512, __attribute__((target("avx512bw,avx512vl"))),
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
IMPLEMENTATION(avx2, __attribute__((target("avx2"))), __builtin_cpu_supports("avx2"))
#endif
IMPLEMENTATION(baseline, , true)

static const struct hex_text_implementation *const implementations[] = {
#if defined(__x86_64__)
    &avx512,
    &avx2,
#endif
    &baseline,
};

const struct hex_text_implementation *const *hex_text_implementations(size_t *count) {
    *count = sizeof implementations / sizeof *implementations;
    return implementations;
}

const struct hex_text_implementation *hex_text_best(void) {
    const struct hex_text_implementation *const *best = implementations;
    while (!(*best)->is_supported()) {
        best++;
    }
    return *best;
}
