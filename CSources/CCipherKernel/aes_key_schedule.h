// Keys of AES by instructions: how they are kept, and the key schedule [FIPS 197, 5.2].
//
// Included once per lane type, before aes_instructions.h, which says what the macros are.
//
// A key is kept as it is and expanded where it is used: that takes less time than to read round
// keys, eleven times as large, from the second-level cache. The key schedule works on vectors of
// the same word of different lanes, so that an instruction substitutes four lanes' words in each
// block; a transposition of 4 x 4 words makes round keys of them.

#if !defined(AES_IN_ORDER)
#define AES_IN_ORDER(blocks)
#endif

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
    if (to->blocks == key) return;
    memcpy(to->blocks, key, (key_bytes > 16 ? 2 : 1) * CK_NAME(blocks_bytes));
}

// SubWord of each word, after RotWord if it is rotated, XOR a constant and `added` [FIPS 197, 5.2].
// The permutation undoes the ShiftRows of the instruction.
__attribute__((always_inline)) static inline AES_VECTOR CK_NAME(aes_substitute)(
    AES_VECTOR words, AES_VECTOR added, const bool rotate, const uint32_t constant) {
    typedef uint32_t words_of_vector __attribute__((vector_size(sizeof(AES_VECTOR))));
    static const uint8_t in_place[16] = {0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3};
    static const uint8_t rotated[16] = {1, 14, 11, 4, 5, 2, 15, 8, 9, 6, 3, 12, 13, 10, 7, 0};
    const AES_VECTOR map = CK_NAME(blocks_splat)(rotate ? rotated : in_place);
    return AES_LAST_ROUND(AES_PERMUTE(words, map),
                          added ^ (AES_VECTOR)((words_of_vector){0} + constant));
}

// Rcon [FIPS 197, 5.2]
static const uint8_t CK_NAME(aes_constants)[10] = {0x01, 0x02, 0x04, 0x08, 0x10,
                                                   0x20, 0x40, 0x80, 0x1B, 0x36};

// Keys of four vectors of lanes, as the last word W of each round key. All else follows from those:
// with s = 1 for keys of 128 bits and 2 for 256,
//   W(n) = W(n - 4s) ^ g(W(n - 1)), where g is the substitution
//   round key n = W(n) ^ W(n - s) ^ W(n - 2s) ^ W(n - 3s), W(n) ^ W(n - 2s), W(n) ^ W(n - s), W(n)
// so that only g waits for another round, and the left half of a round key is the right half XOR
// that of round n - 2s, before the transposition as after its first half.
typedef struct CK_NAME(aes_last_words) {
    AES_VECTOR last[21]; // from -3s on
    AES_VECTOR low[17];  // right halves from -s on, of the first two vectors
    AES_VECTOR high[17]; // and of the last two
} CK_NAME(aes_last_words);

__attribute__((always_inline)) static inline void CK_NAME(aes_right_half)(
    CK_NAME(aes_last_words) *to, const size_t n, const size_t s) {
    const AES_VECTOR last = to->last[n + 2 * s], before = last ^ to->last[n + s];
    to->low[n] = AES_LOW_32(before, last);
    to->high[n] = AES_HIGH_32(before, last);
}

// From the key, which is the first s round keys.
__attribute__((always_inline)) static inline void CK_NAME(aes_start)(CK_NAME(aes_last_words) *to,
                                                                     const AES_VECTOR *key,
                                                                     const size_t s) {
#pragma clang loop unroll(full)
    for (size_t n = 0; n < s; n++) {
        AES_VECTOR words[4];
        CK_NAME(aes_transpose)(words, key + n * CK_NAME(blocks_vectors));
        to->last[n + 3 * s] = words[3];
        to->last[n + 2 * s] = words[3] ^ words[2];
        to->last[n + s] = words[3] ^ words[1];
        to->last[n] = words[3] ^ words[2] ^ words[1] ^ words[0];
    }
#pragma clang loop unroll(full)
    for (size_t n = 0; n < 2 * s; n++)
        CK_NAME(aes_right_half)(to, n, s);
}

// The last word of a round key, in the order of rounds from s on.
__attribute__((always_inline)) static inline void CK_NAME(aes_next_last)(
    CK_NAME(aes_last_words) *words, const size_t round, const size_t s) {
    const bool rotate = round % s == 0;
    AES_VECTOR *last = words->last + 3 * s + round;
    last[0] = CK_NAME(aes_substitute)(last[-1], last[-(ptrdiff_t)(4 * s)], rotate,
                                      rotate ? CK_NAME(aes_constants)[round / s - 1] : 0);
}

// A round key, when its last word is made.
__attribute__((always_inline)) static inline void CK_NAME(aes_next)(AES_VECTOR round_key[static 4],
                                                                    CK_NAME(aes_last_words) *words,
                                                                    const size_t round,
                                                                    const size_t s) {
    CK_NAME(aes_right_half)(words, round + s, s);
    const AES_VECTOR low = words->low[round + s], high = words->high[round + s];
    const AES_VECTOR left_low = low ^ words->low[round - s];
    const AES_VECTOR left_high = high ^ words->high[round - s];
    round_key[0] = AES_LOW_64(left_low, low);
    round_key[1] = AES_HIGH_64(left_low, low);
    round_key[2] = AES_LOW_64(left_high, high);
    round_key[3] = AES_HIGH_64(left_high, high);
}

// A round key of keys of 192 bits, all of whose words are made. Those of the rounds before must
// have been made: words grow.
__attribute__((always_inline)) static inline void CK_NAME(aes_next_of_192)(
    AES_VECTOR round_key[static 4], AES_VECTOR words[static 54], const size_t round) {
#pragma clang loop unroll(full)
    for (size_t i = 4 * round; i < 4 * round + 4; i++) {
        if (i < 6 || i % 6 != 0) continue;
        words[i] = CK_NAME(aes_substitute)(words[i - 1], words[i - 6], true,
                                           CK_NAME(aes_constants)[i / 6 - 1]);
#pragma clang loop unroll(full)
        for (size_t next = i + 1; next < i + 6; next++)
            words[next] = words[next - 6] ^ words[next - 1];
    }
    CK_NAME(aes_transpose)(round_key, words + 4 * round);
}

// What makes the round keys of four vectors of lanes: the words of keys of 192 bits, or the last
// words of others.
typedef union CK_NAME(aes_words) {
    AES_VECTOR of_192[54];
    CK_NAME(aes_last_words) last;
} CK_NAME(aes_words);

__attribute__((always_inline)) static inline void CK_NAME(aes_begin)(CK_NAME(aes_words) *words,
                                                                     const AES_VECTOR *key,
                                                                     const size_t key_words) {
    if (key_words == 6) {
        CK_NAME(aes_transpose)(words->of_192, key);
        CK_NAME(aes_transpose)(words->of_192 + 4, key + CK_NAME(blocks_vectors));
    } else {
        CK_NAME(aes_start)(&words->last, key, key_words / 4);
    }
}

// In the order of rounds. For keys of 128 and 256 bits the round key's last word must have been
// made.
__attribute__((always_inline)) static inline void CK_NAME(aes_round_key)(
    AES_VECTOR round_key[static 4], CK_NAME(aes_words) *words, const AES_VECTOR *key,
    const size_t round, const size_t key_words) {
    if (round < key_words / 4)
        memcpy(round_key, key + round * CK_NAME(blocks_vectors), 4 * sizeof *key);
    else if (key_words == 6)
        CK_NAME(aes_next_of_192)(round_key, words->of_192, round);
    else
        CK_NAME(aes_next)(round_key, &words->last, round, key_words / 4);
}

// A round of four vectors of blocks.
__attribute__((always_inline)) static inline void CK_NAME(aes_step)(AES_VECTOR state[static 4],
                                                                    const AES_VECTOR *round_key,
                                                                    const size_t round,
                                                                    const size_t rounds) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 4; i++) {
        if (round == 0)
            state[i] ^= round_key[i];
        else if (round < rounds)
            state[i] = AES_ROUND(state[i], round_key[i]);
        else
            state[i] = AES_LAST_ROUND(state[i], round_key[i]);
    }
}

// The round keys of a tile. Encrypts a state with them on the way, if there is one. Unrolled, so
// that all of the words that are needed stay in registers.
__attribute__((always_inline)) static inline void CK_NAME(aes_expand)(
    CK_NAME(aes_state) round_keys[static 15], AES_VECTOR *state, const AES_VECTOR *key,
    const size_t key_words) {
    CK_NAME(aes_words) words[CK_NAME(aes_tile) / 4];
    const size_t rounds = key_words + 6, given = key_words / 4;
    // Last words made a round ahead, and in the order written: so nothing waits, and no round key
    // is read again. A compiler would make all last words first, then all round keys. This order
    // takes too many registers for longer keys, and more time for vectors of one block.
    const bool in_order = state && key_words == 4 && sizeof(AES_VECTOR) > 16;
    const size_t ahead = in_order ? 1 : 0;
#pragma clang loop unroll(full)
    for (size_t i = 0; i < CK_NAME(aes_tile); i += 4)
        CK_NAME(aes_begin)(&words[i / 4], key + i, key_words);
#pragma clang loop unroll(full)
    for (size_t round = 0; round <= rounds; round++) {
        AES_VECTOR *keys = round_keys[round];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < CK_NAME(aes_tile); i += 4) {
            if (key_words == 6 || round + ahead < given || round + ahead > rounds) continue;
            CK_NAME(aes_next_last)(&words[i / 4].last, round + ahead, given);
            if (in_order) AES_IN_ORDER(words[i / 4].last.last[3 * given + round + ahead]);
        }
#pragma clang loop unroll(full)
        for (size_t i = 0; i < CK_NAME(aes_tile); i += 4) {
            CK_NAME(aes_round_key)(keys + i, &words[i / 4], key + i, round, key_words);
            if (state) CK_NAME(aes_step)(state + i, keys + i, round, rounds);
        }
#pragma clang loop unroll(full)
        for (size_t i = 0; in_order && i < CK_NAME(aes_tile); i++)
            AES_IN_ORDER(state[i]);
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
