// Keys of AES by instructions: how they are kept, and the key schedule [FIPS 197, 5.2].
//
// Included once per lane type, before aes_instructions.h, which says what the macros are.
//
// A key is kept as it is and expanded where it is used: that takes less time than to read round
// keys, eleven times as large, from the second-level cache. The key schedule works on vectors of
// the same word of different lanes, so that an instruction substitutes four lanes' words in each
// block; a transposition of 4 x 4 words makes round keys of them.

enum { CK_NAME(aes_tile) = 8 }; // vectors computed at a time, which hide the latency of a round

typedef struct CK_NAME(aes_key) {
    AES_VECTOR blocks[2 * CK_NAME(blocks_vectors)]; // as given
    AES_VECTOR shared[15]; // round keys of the key of all lanes, for encryption
    size_t key_words;      // 4, 6 or 8
    bool is_shared;
} __attribute__((aligned(CK_ALIGNMENT))) CK_NAME(aes_key);

typedef AES_VECTOR CK_NAME(aes_state)[CK_NAME(aes_tile)];

// Calls an operation on a prepared key, with the number of its words as a constant.
#define AES_BY_KEY_WORDS(operation, key, ...)                                                      \
    switch ((key)->key_words) {                                                                    \
    case 4:                                                                                        \
        CK_NAME(operation)(__VA_ARGS__, (key)->blocks, 4);                                         \
        break;                                                                                     \
    case 6:                                                                                        \
        CK_NAME(operation)(__VA_ARGS__, (key)->blocks, 6);                                         \
        break;                                                                                     \
    default:                                                                                       \
        CK_NAME(operation)(__VA_ARGS__, (key)->blocks, 8);                                         \
        break;                                                                                     \
    }

// In each block, word i of vector j changes places with word j of vector i.
static inline void CK_NAME(aes_transpose)(AES_VECTOR to[static 4],
                                          const AES_VECTOR from[static 4]) {
    const AES_VECTOR low_01 = AES_LOW_32(from[0], from[1]), high_01 = AES_HIGH_32(from[0], from[1]);
    const AES_VECTOR low_23 = AES_LOW_32(from[2], from[3]), high_23 = AES_HIGH_32(from[2], from[3]);
    to[0] = AES_LOW_64(low_01, low_23);
    to[1] = AES_HIGH_64(low_01, low_23);
    to[2] = AES_LOW_64(high_01, high_23);
    to[3] = AES_HIGH_64(high_01, high_23);
}

static void CK_NAME(aes_prepare)(void *prepared, const void *key, size_t key_bytes) {
    CK_NAME(aes_key) *const to = prepared;
    to->key_words = key_bytes / 4;
    to->is_shared = false;
    memcpy(to->blocks, key, (key_bytes > 16 ? 2 : 1) * CK_NAME(blocks_bytes));
}

// The key schedule [FIPS 197, 5.2] up to the next word that is substituted:
//   to[0] = from[0] ^ t, to[i] = from[i] ^ to[i - 1]
// with t of to[-1]. The last is made first, as from[0] ^ ... ^ from[count - 1] ^ t, since it is all
// that the next words wait for; the instruction that substitutes adds that sum, which is known
// earlier. The permutation before it undoes its ShiftRows, besides RotWord.
__attribute__((always_inline)) static inline void CK_NAME(aes_next_words)(AES_VECTOR *to,
                                                                          const AES_VECTOR *from,
                                                                          const size_t count,
                                                                          const bool rotate,
                                                                          const uint32_t constant) {
    typedef uint32_t words_of_vector __attribute__((vector_size(sizeof(AES_VECTOR))));
    static const uint8_t in_place[16] = {0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3};
    static const uint8_t rotated[16] = {1, 14, 11, 4, 5, 2, 15, 8, 9, 6, 3, 12, 13, 10, 7, 0};
    const AES_VECTOR map = CK_NAME(blocks_splat)(rotate ? rotated : in_place);
    AES_VECTOR sum = (AES_VECTOR)((words_of_vector){0} + constant);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < count; i += 2)
        sum ^= from[i] ^ from[i + 1];
    to[count - 1] = AES_LAST_ROUND(AES_PERMUTE(to[-1], map), sum);
#pragma clang loop unroll(full)
    for (size_t i = count - 1; i-- > 0;)
        to[i] = to[i + 1] ^ from[i + 1];
}

// A round key of four vectors of lanes. Those of the rounds before must have been made: words grow.
__attribute__((always_inline)) static inline void CK_NAME(aes_round_key)(
    AES_VECTOR round_key[static 4], AES_VECTOR words[static 60], const size_t round,
    const size_t key_words) {
    static const uint8_t constants[10] = {0x01, 0x02, 0x04, 0x08, 0x10,
                                          0x20, 0x40, 0x80, 0x1B, 0x36};
    const size_t count = key_words == 6 ? 6 : 4;
#pragma clang loop unroll(full)
    for (size_t i = 4 * round; i < 4 * round + 4; i++) {
        if (i < key_words || i % count != 0) continue;
        const bool rotate = i % key_words == 0;
        CK_NAME(aes_next_words)(words + i, words + i - key_words, count, rotate,
                                rotate ? constants[i / key_words - 1] : 0);
    }
    CK_NAME(aes_transpose)(round_key, words + 4 * round);
}

// The round keys of a tile. Encrypts a state with them on the way, if there is one.
__attribute__((always_inline)) static inline void CK_NAME(aes_expand)(
    CK_NAME(aes_state) round_keys[static 15], AES_VECTOR *state, const AES_VECTOR *key,
    const size_t key_words) {
    AES_VECTOR words[CK_NAME(aes_tile) / 4][60];
    const size_t rounds = key_words + 6;
    for (size_t i = 0; i < CK_NAME(aes_tile); i += 4) {
        CK_NAME(aes_transpose)(words[i / 4], key + i);
        if (key_words > 4)
            CK_NAME(aes_transpose)(words[i / 4] + 4, key + CK_NAME(blocks_vectors) + i);
    }
    // Unrolled, so that all of the words that are needed stay in registers.
#pragma clang loop unroll(full)
    for (size_t round = 0; round <= rounds; round++) {
        AES_VECTOR *keys = round_keys[round];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < CK_NAME(aes_tile); i++) {
            if (round == 0)
                keys[i] = key[i];
            else if (i % 4 == 0)
                CK_NAME(aes_round_key)(keys + i, words[i / 4], round, key_words);
            if (!state) continue;
            if (round == 0)
                state[i] ^= keys[i];
            else if (round < rounds)
                state[i] = AES_ROUND(state[i], keys[i]);
            else
                state[i] = AES_LAST_ROUND(state[i], keys[i]);
        }
    }
}

// A tile of equal keys is expanded for the round keys of one.
__attribute__((always_inline)) static inline void CK_NAME(aes_share)(AES_VECTOR *shared,
                                                                     const AES_VECTOR *key,
                                                                     const size_t key_words) {
    CK_NAME(aes_state) round_keys[15];
    CK_NAME(aes_expand)(round_keys, NULL, key, key_words);
    for (size_t round = 0; round <= key_words + 6; round++)
        shared[round] = round_keys[round][0];
}

static void CK_NAME(aes_prepare_one)(void *prepared, const uint8_t *value, size_t key_bytes) {
    CK_NAME(aes_key) *const key = prepared;
    CK_NAME(blocks_fill)(key->blocks, value, key_bytes);
    key->key_words = key_bytes / 4;
    key->is_shared = true;
    AES_BY_KEY_WORDS(aes_share, key, key->shared);
}
