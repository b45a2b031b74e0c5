// AES [FIPS 197] by the CPU's instructions for its rounds, with a key per lane.
//
// Included once per lane type, after lanes_blocks.h, which says what AES_VECTOR and AES_PERMUTE
// are, and definitions of
//   AES_ROUND(blocks, key)                 MixColumns(ShiftRows(SubBytes(block))) ^ key, in each
//   AES_LAST_ROUND(blocks, key)            ShiftRows(SubBytes(block)) ^ key
//   AES_INVERSE_ROUND(blocks, key)         InvMixColumns(InvShiftRows(InvSubBytes(block))) ^ key
//   AES_INVERSE_LAST_ROUND(blocks, key)    InvShiftRows(InvSubBytes(block)) ^ key
//   AES_LOW_32(a, b), AES_HIGH_32(a, b)    a0 b0 a1 b1 or a2 b2 a3 b3, of the 32-bit words of each
//                                          block of a and b
//   AES_LOW_64(a, b), AES_HIGH_64(a, b)    a0 b0 or a1 b1, of the 64-bit words
//
// A key is kept as it is and expanded where it is used: that takes less time than to read round
// keys, eleven times as large, from the second-level cache. The key schedule works on vectors of
// the same word of different lanes, so that an instruction substitutes four lanes' words in each
// block; a transposition of 4 x 4 words makes round keys of them.

enum { CK_NAME(aes_tile) = 8 }; // vectors computed at a time, which hide the latency of a round

typedef struct CK_NAME(aes_key) {
    AES_VECTOR blocks[2 * CK_NAME(blocks_vectors)]; // as given
    size_t key_words;                               // 4, 6 or 8
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

static inline void CK_NAME(aes_encrypt_tile)(AES_VECTOR *state,
                                             const CK_NAME(aes_state) round_keys[static 15],
                                             const size_t key_words) {
    const size_t rounds = key_words + 6;
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] ^= round_keys[0][i];
    for (size_t round = 1; round < rounds; round++)
        for (size_t i = 0; i < CK_NAME(aes_tile); i++)
            state[i] = AES_ROUND(state[i], round_keys[round][i]);
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] = AES_LAST_ROUND(state[i], round_keys[rounds][i]);
}

// The equivalent inverse cipher [FIPS 197, 5.3.5], which takes InvMixColumns of the round keys: all
// that is left of an inverse round after a last round.
static inline void CK_NAME(aes_decrypt_tile)(AES_VECTOR *state,
                                             const CK_NAME(aes_state) round_keys[static 15],
                                             const size_t key_words) {
    const AES_VECTOR zero = {0};
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] ^= round_keys[key_words + 6][i];
    for (size_t round = key_words + 5; round != 0; round--)
        for (size_t i = 0; i < CK_NAME(aes_tile); i++) {
            const AES_VECTOR substituted = AES_LAST_ROUND(round_keys[round][i], zero);
            state[i] = AES_INVERSE_ROUND(state[i], AES_INVERSE_ROUND(substituted, zero));
        }
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] = AES_INVERSE_LAST_ROUND(state[i], round_keys[0][i]);
}

// Tile by tile: in each the first block is encrypted while the round keys are made.
__attribute__((always_inline)) static inline void CK_NAME(aes_encrypt_with)(
    AES_VECTOR *out, const AES_VECTOR *in, size_t count, ck_ahead *ahead, const AES_VECTOR *key,
    const size_t key_words) {
    CK_NAME(aes_state) round_keys[15], state;
    for (size_t tile = 0; tile < CK_NAME(blocks_vectors); tile += CK_NAME(aes_tile)) {
        for (size_t block = 0; block < count; block++) {
            const size_t start = block * CK_NAME(blocks_vectors) + tile;
            CK_NAME(bring)(ahead);
            memcpy(state, in + start, sizeof state);
            if (block == 0)
                CK_NAME(aes_expand)(round_keys, state, key + tile, key_words);
            else
                CK_NAME(aes_encrypt_tile)(state, round_keys, key_words);
            memcpy(out + start, state, sizeof state);
        }
    }
}

__attribute__((always_inline)) static inline void CK_NAME(aes_decrypt_with)(
    AES_VECTOR *out, const AES_VECTOR *in, size_t count, const AES_VECTOR *key,
    const size_t key_words) {
    CK_NAME(aes_state) round_keys[15], state;
    for (size_t tile = 0; tile < CK_NAME(blocks_vectors); tile += CK_NAME(aes_tile)) {
        CK_NAME(aes_expand)(round_keys, NULL, key + tile, key_words);
        for (size_t block = 0; block < count; block++) {
            const size_t start = block * CK_NAME(blocks_vectors) + tile;
            memcpy(state, in + start, sizeof state);
            CK_NAME(aes_decrypt_tile)(state, round_keys, key_words);
            memcpy(out + start, state, sizeof state);
        }
    }
}

__attribute__((always_inline)) static inline void CK_NAME(aes_chain_with)(
    AES_VECTOR *chained, const AES_VECTOR *blocks, size_t count, ck_ahead *ahead,
    const AES_VECTOR *key, const size_t key_words) {
    CK_NAME(aes_state) round_keys[15], state;
    for (size_t tile = 0; tile < CK_NAME(blocks_vectors); tile += CK_NAME(aes_tile)) {
        memcpy(state, chained + tile, sizeof state);
        for (size_t block = 0; block < count; block++) {
            const AES_VECTOR *from = blocks + block * CK_NAME(blocks_vectors) + tile;
            CK_NAME(bring)(ahead);
            for (size_t i = 0; i < CK_NAME(aes_tile); i++)
                state[i] ^= from[i];
            if (block == 0)
                CK_NAME(aes_expand)(round_keys, state, key + tile, key_words);
            else
                CK_NAME(aes_encrypt_tile)(state, round_keys, key_words);
        }
        memcpy(chained + tile, state, sizeof state);
    }
}

// The subkey is the encrypted zero block times x, once or twice [SP 800-38B, 6.1].
__attribute__((always_inline)) static inline void CK_NAME(aes_cmac_with)(
    AES_VECTOR *mac, const AES_VECTOR *blocks, size_t count, bool complete, ck_ahead *ahead,
    const AES_VECTOR *key, const size_t key_words) {
    CK_NAME(aes_state) round_keys[15], subkey, state;
    for (size_t tile = 0; tile < CK_NAME(blocks_vectors); tile += CK_NAME(aes_tile)) {
        CK_NAME(bring)(ahead);
        memset(subkey, 0, sizeof subkey);
        CK_NAME(aes_expand)(round_keys, subkey, key + tile, key_words);
        for (size_t i = 0; i < CK_NAME(aes_tile); i++) {
            subkey[i] = CK_NAME(blocks_doubled)(subkey[i]);
            if (!complete) subkey[i] = CK_NAME(blocks_doubled)(subkey[i]);
        }
        memset(state, 0, sizeof state);
        for (size_t block = 0; block < count; block++) {
            const AES_VECTOR *from = blocks + block * CK_NAME(blocks_vectors) + tile;
            CK_NAME(bring)(ahead);
            for (size_t i = 0; i < CK_NAME(aes_tile); i++)
                state[i] ^= block == count - 1 ? from[i] ^ subkey[i] : from[i];
            CK_NAME(aes_encrypt_tile)(state, round_keys, key_words);
        }
        memcpy(mac + tile, state, sizeof state);
    }
}

static void CK_NAME(aes_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    const CK_NAME(aes_key) *const key = prepared;
    // Alone a block needs no round keys to be kept.
    if (count == 1) {
        AES_BY_KEY_WORDS(aes_encrypt_with, key, out, in, 1, ahead)
    } else {
        AES_BY_KEY_WORDS(aes_encrypt_with, key, out, in, count, ahead)
    }
}

static void CK_NAME(aes_decrypt)(void *out, const void *in, size_t count, const void *prepared) {
    const CK_NAME(aes_key) *const key = prepared;
    AES_BY_KEY_WORDS(aes_decrypt_with, key, out, in, count);
}

static void CK_NAME(aes_chain)(void *state, const void *blocks, size_t count, const void *prepared,
                               bool first_only, ck_ahead *ahead) {
    (void)first_only;
    const CK_NAME(aes_key) *const key = prepared;
    AES_BY_KEY_WORDS(aes_chain_with, key, state, blocks, count, ahead);
}

static void CK_NAME(aes_cmac)(void *mac, const void *blocks, size_t count, bool complete,
                              const void *prepared, ck_ahead *ahead) {
    const CK_NAME(aes_key) *const key = prepared;
    AES_BY_KEY_WORDS(aes_cmac_with, key, mac, blocks, count, complete, ahead);
}

#define CK_AES_BY_INSTRUCTIONS                                                                     \
    {                                                                                              \
        .lanes = CK_NAME(lanes),                                                                   \
        .block_bytes = 16,                                                                         \
        .sliced_bytes = CK_NAME(blocks_bytes),                                                     \
        .prepared_bytes = sizeof(CK_NAME(aes_key)),                                                \
        .load = CK_NAME(blocks_load),                                                              \
        .store = CK_NAME(blocks_store),                                                            \
        .fill = CK_NAME(blocks_fill),                                                              \
        .arrange = CK_NAME(blocks_arrange),                                                        \
        .exclusive_or = CK_NAME(blocks_xor),                                                       \
        .equal = CK_NAME(blocks_equal),                                                            \
        .prepare = CK_NAME(aes_prepare),                                                           \
        .encrypt = CK_NAME(aes_encrypt),                                                           \
        .decrypt = CK_NAME(aes_decrypt),                                                           \
        .chain = CK_NAME(aes_chain),                                                               \
        .set_odd_parity = NULL,                                                                    \
        .times_x = CK_NAME(blocks_times_x),                                                        \
        .cmac = CK_NAME(aes_cmac),                                                                 \
    }
