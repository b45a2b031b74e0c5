// AES [FIPS 197] by the CPU's instructions for its rounds, with a key per lane. A sliced block is
// the lanes' blocks one after another; a vector holds one or more of them.
//
// Included once per lane type, after lanes_bitslice.h and definitions of
//   AES_VECTOR                      a vector of bytes, a whole number of blocks
//   AES_ROUND(block, key)           MixColumns(ShiftRows(SubBytes(block))) ^ key, for each block
//   AES_LAST_ROUND(block, key)      ShiftRows(SubBytes(block)) ^ key
//   AES_INVERSE_ROUND(block, key)   InvMixColumns(InvShiftRows(InvSubBytes(block))) ^ key
//   AES_INVERSE_LAST_ROUND(block, key)   InvShiftRows(InvSubBytes(block)) ^ key
//   AES_PERMUTE(block, map)         byte i of each block is byte map[i] of it, or 0 for 0x80 and up
//   AES_LOW_32(a, b), AES_HIGH_32(a, b), AES_LOW_64(a, b), AES_HIGH_64(a, b)
//                                   the words of the lower or upper halves of each block of a and
//                                   b, in turn: a0 b0 a1 b1 of 32 bits, a0 b0 of 64
//
// A key is kept as it is and expanded where it is used: that takes less time than to read round
// keys, eleven times as large, from the second-level cache. The key schedule works on words of as
// many lanes as fill a vector, so that one instruction substitutes four of a vector's blocks; a
// transposition of 4 x 4 words makes round keys of them.

enum {
    CK_NAME(aes_vectors) = 16 * CK_NAME(lanes) / sizeof(AES_VECTOR), // of a sliced block
    CK_NAME(aes_tile) = 8, // vectors that are computed at a time, to hide the latency of a round
};

typedef struct CK_NAME(aes_key) {
    // Four vectors of lanes after another: word 0 of their keys, word 1 and so on.
    AES_VECTOR words[2 * CK_NAME(aes_vectors)];
    size_t key_words; // 4, 6 or 8
} __attribute__((aligned(CK_ALIGNMENT))) CK_NAME(aes_key);

// Round keys of a tile, as blocks.
typedef struct CK_NAME(aes_round_keys) {
    AES_VECTOR round[15][CK_NAME(aes_tile)];
    size_t rounds; // 10, 12 or 14
} CK_NAME(aes_round_keys);

static inline AES_VECTOR CK_NAME(aes_splat)(const uint8_t block[static 16]) {
    AES_VECTOR vector;
    for (size_t i = 0; i < sizeof vector; i += 16)
        memcpy((uint8_t *)&vector + i, block, 16);
    return vector;
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

// SubWord of each word, or SubWord(RotWord), and the round constant. The permutation before the
// last round undoes its ShiftRows: the words of a block are those of four lanes.
static inline AES_VECTOR CK_NAME(aes_substitute)(AES_VECTOR words, bool rotate, uint8_t constant) {
    typedef uint32_t words_of_vector __attribute__((vector_size(sizeof(AES_VECTOR))));
    static const uint8_t in_place[16] = {0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3};
    static const uint8_t rotated[16] = {1, 14, 11, 4, 5, 2, 15, 8, 9, 6, 3, 12, 13, 10, 7, 0};
    const AES_VECTOR map = CK_NAME(aes_splat)(rotate ? rotated : in_place);
    const AES_VECTOR last = (AES_VECTOR)((words_of_vector){0} + constant);
    return AES_LAST_ROUND(AES_PERMUTE(words, map), last);
}

// The key schedule [FIPS 197, 5.2] of four vectors of lanes, unrolled, as key_words is constant.
static inline __attribute__((always_inline)) void CK_NAME(aes_expand_four)(
    CK_NAME(aes_round_keys) *keys, size_t vector, const AES_VECTOR *words, const size_t key_words) {
    AES_VECTOR all[60];
    memcpy(all, words, key_words * sizeof(AES_VECTOR));
    uint8_t constant = 1;
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 4 * (key_words + 7); i++) {
        if (i >= key_words) {
            AES_VECTOR previous = all[i - 1];
            if (i % key_words == 0) {
                previous = CK_NAME(aes_substitute)(previous, true, constant);
                constant = (uint8_t)(constant << 1 ^ (constant >> 7) * 0x1B);
            } else if (key_words == 8 && i % 8 == 4) {
                previous = CK_NAME(aes_substitute)(previous, false, 0);
            }
            all[i] = all[i - key_words] ^ previous;
        }
        if (i % 4 == 3) CK_NAME(aes_transpose)(&keys->round[i / 4][vector], all + i - 3);
    }
}

// The round keys of the tile whose first vector is the given one.
static void CK_NAME(aes_expand)(CK_NAME(aes_round_keys) *keys, const CK_NAME(aes_key) *key,
                                size_t first) {
    keys->rounds = key->key_words + 6;
    for (size_t vector = 0; vector < CK_NAME(aes_tile); vector += 4) {
        const AES_VECTOR *words = key->words + (first + vector) / 4 * key->key_words;
        switch (key->key_words) {
        case 4:
            CK_NAME(aes_expand_four)(keys, vector, words, 4);
            break;
        case 6:
            CK_NAME(aes_expand_four)(keys, vector, words, 6);
            break;
        default:
            CK_NAME(aes_expand_four)(keys, vector, words, 8);
            break;
        }
    }
}

static inline void CK_NAME(aes_encrypt_tile)(AES_VECTOR state[static CK_NAME(aes_tile)],
                                             const CK_NAME(aes_round_keys) *keys) {
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] ^= keys->round[0][i];
    for (size_t round = 1; round < keys->rounds; round++)
        for (size_t i = 0; i < CK_NAME(aes_tile); i++)
            state[i] = AES_ROUND(state[i], keys->round[round][i]);
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] = AES_LAST_ROUND(state[i], keys->round[keys->rounds][i]);
}

// The equivalent inverse cipher [FIPS 197, 5.3.5], which takes InvMixColumns of the round keys: an
// inverse round after a last round leaves no more than that.
static inline void CK_NAME(aes_decrypt_tile)(AES_VECTOR state[static CK_NAME(aes_tile)],
                                             const CK_NAME(aes_round_keys) *keys) {
    const AES_VECTOR zero = {0};
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] ^= keys->round[keys->rounds][i];
    for (size_t round = keys->rounds - 1; round != 0; round--)
        for (size_t i = 0; i < CK_NAME(aes_tile); i++) {
            const AES_VECTOR substituted = AES_LAST_ROUND(keys->round[round][i], zero);
            state[i] = AES_INVERSE_ROUND(state[i], AES_INVERSE_ROUND(substituted, zero));
        }
    for (size_t i = 0; i < CK_NAME(aes_tile); i++)
        state[i] = AES_INVERSE_LAST_ROUND(state[i], keys->round[0][i]);
}

// As words: group after group of four vectors, since that is how the schedule takes them.
static void CK_NAME(aes_prepare)(void *prepared, const void *key, size_t key_bytes) {
    CK_NAME(aes_key) *const to = prepared;
    const AES_VECTOR *const blocks = key;
    to->key_words = key_bytes / 4;
    for (size_t vector = 0; vector < CK_NAME(aes_vectors); vector += 4) {
        AES_VECTOR words[8];
        CK_NAME(aes_transpose)(words, blocks + vector);
        if (key_bytes > 16)
            CK_NAME(aes_transpose)(words + 4, blocks + CK_NAME(aes_vectors) + vector);
        memcpy(to->words + vector / 4 * to->key_words, words, to->key_words * sizeof(AES_VECTOR));
    }
}

static void CK_NAME(aes_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    CK_NAME(aes_round_keys) keys;
    for (size_t first = 0; first < CK_NAME(aes_vectors); first += CK_NAME(aes_tile)) {
        CK_NAME(aes_expand)(&keys, prepared, first);
        for (size_t block = 0; block < count; block++) {
            const size_t start = block * CK_NAME(aes_vectors) + first;
            AES_VECTOR state[CK_NAME(aes_tile)];
            CK_NAME(bring)(ahead);
            memcpy(state, (const AES_VECTOR *)in + start, sizeof state);
            CK_NAME(aes_encrypt_tile)(state, &keys);
            memcpy((AES_VECTOR *)out + start, state, sizeof state);
        }
    }
}

static void CK_NAME(aes_decrypt)(void *out, const void *in, size_t count, const void *prepared) {
    CK_NAME(aes_round_keys) keys;
    for (size_t first = 0; first < CK_NAME(aes_vectors); first += CK_NAME(aes_tile)) {
        CK_NAME(aes_expand)(&keys, prepared, first);
        for (size_t block = 0; block < count; block++) {
            const size_t start = block * CK_NAME(aes_vectors) + first;
            AES_VECTOR state[CK_NAME(aes_tile)];
            memcpy(state, (const AES_VECTOR *)in + start, sizeof state);
            CK_NAME(aes_decrypt_tile)(state, &keys);
            memcpy((AES_VECTOR *)out + start, state, sizeof state);
        }
    }
}

static void CK_NAME(aes_chain)(void *state, const void *blocks, size_t count, const void *prepared,
                               bool first_only, ck_ahead *ahead) {
    (void)first_only;
    CK_NAME(aes_round_keys) keys;
    for (size_t first = 0; first < CK_NAME(aes_vectors); first += CK_NAME(aes_tile)) {
        AES_VECTOR chained[CK_NAME(aes_tile)];
        CK_NAME(aes_expand)(&keys, prepared, first);
        memcpy(chained, (AES_VECTOR *)state + first, sizeof chained);
        for (size_t block = 0; block < count; block++) {
            const AES_VECTOR *from = (const AES_VECTOR *)blocks + block * CK_NAME(aes_vectors);
            CK_NAME(bring)(ahead);
            for (size_t i = 0; i < CK_NAME(aes_tile); i++)
                chained[i] ^= from[first + i];
            CK_NAME(aes_encrypt_tile)(chained, &keys);
        }
        memcpy((AES_VECTOR *)state + first, chained, sizeof chained);
    }
}

// 1 to 15 bytes, by two moves that overlap.
static inline void CK_NAME(aes_copy_part)(uint8_t *to, const uint8_t *from, size_t length) {
    if (length >= 8) {
        memcpy(to, from, 8);
        memcpy(to + length - 8, from + length - 8, 8);
    } else if (length >= 4) {
        memcpy(to, from, 4);
        memcpy(to + length - 4, from + length - 4, 4);
    } else {
        to[0] = from[0];
        to[length / 2] = from[length / 2];
        to[length - 1] = from[length - 1];
    }
}

static void CK_NAME(aes_load)(void *blocks, const ck_rows *rows, size_t length) {
    enum { sliced_bytes = 16 * CK_NAME(lanes) };
    const size_t whole = length / 16, part = length % 16;
    for (size_t lane = 0; lane < rows->count; lane++) {
        const uint8_t *row = rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
        uint8_t *to = (uint8_t *)blocks + 16 * lane;
        for (size_t block = 0; block < whole; block++, to += sliced_bytes)
            memcpy(to, row + 16 * block, 16);
        if (part == 0) continue;
        memset(to, 0, 16);
        CK_NAME(aes_copy_part)(to, row + 16 * whole, part);
    }
    for (size_t block = 0; block < whole + (part != 0); block++)
        memset((uint8_t *)blocks + block * sliced_bytes + 16 * rows->count, 0,
               sliced_bytes - 16 * rows->count);
}

static void CK_NAME(aes_store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    const size_t whole = length / 16, part = length % 16;
    for (size_t lane = 0; lane < rows->count; lane++) {
        uint8_t *row = rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
        const uint8_t *from = (const uint8_t *)blocks + 16 * lane;
        for (size_t block = 0; block < whole; block++, from += 16 * CK_NAME(lanes))
            memcpy(row + 16 * block, from, 16);
        if (part != 0) CK_NAME(aes_copy_part)(row + 16 * whole, from, part);
    }
}

static void CK_NAME(aes_fill)(void *blocks, const uint8_t *value, size_t length) {
    AES_VECTOR *to = blocks;
    size_t start = 0;
    do {
        uint8_t block[16] = {0};
        for (size_t i = 0; i < 16 && start + i < length; i++)
            block[i] = value[start + i];
        const AES_VECTOR vector = CK_NAME(aes_splat)(block);
        for (size_t i = 0; i < CK_NAME(aes_vectors); i++)
            *to++ = vector;
        start += 16;
    } while (start < length);
}

static void CK_NAME(aes_arrange)(void *out, const void *in, const int8_t *map,
                                 const uint8_t *constant) {
    const AES_VECTOR wiring = CK_NAME(aes_splat)((const uint8_t *)map);
    const AES_VECTOR added = CK_NAME(aes_splat)(constant);
    for (size_t i = 0; i < CK_NAME(aes_vectors); i++)
        ((AES_VECTOR *)out)[i] = AES_PERMUTE(((const AES_VECTOR *)in)[i], wiring) ^ added;
}

static void CK_NAME(aes_xor)(void *out, const void *a, const void *b) {
    for (size_t i = 0; i < CK_NAME(aes_vectors); i++)
        ((AES_VECTOR *)out)[i] = ((const AES_VECTOR *)a)[i] ^ ((const AES_VECTOR *)b)[i];
}

static void CK_NAME(aes_equal)(uint64_t *mask, const void *a, const void *b) {
    typedef uint64_t halves[2] __attribute__((may_alias));
    const halves *left = a, *right = b;
    for (size_t lane = 0; lane < CK_NAME(lanes); lane += 64) {
        uint64_t equal = 0;
        for (size_t i = 0; i < 64; i++) {
            const uint64_t *l = left[lane + i], *r = right[lane + i];
            equal |= (uint64_t)(((l[0] ^ r[0]) | (l[1] ^ r[1])) == 0) << i;
        }
        mask[lane / 64] = equal;
    }
}

// Each byte moves up by a bit, and takes the highest bit of the byte after it. What leaves the
// first byte is x^128 = x^7 + x^2 + x + 1 in the last [SP 800-38B, 5.3].
static void CK_NAME(aes_times_x)(void *out, const void *in) {
    typedef int8_t signs __attribute__((vector_size(sizeof(AES_VECTOR))));
    static const uint8_t next[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0};
    static const uint8_t carries[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0x87};
    const AES_VECTOR map = CK_NAME(aes_splat)(next), carry = CK_NAME(aes_splat)(carries);
    for (size_t i = 0; i < CK_NAME(aes_vectors); i++) {
        const AES_VECTOR block = ((const AES_VECTOR *)in)[i];
        const AES_VECTOR leaves = (AES_VECTOR)((signs)block < 0);
        ((AES_VECTOR *)out)[i] = (block + block) ^ (AES_PERMUTE(leaves, map) & carry);
    }
}

#define CK_INSTRUCTIONS_AES                                                                        \
    {                                                                                              \
        .block_bytes = 16,                                                                         \
        .sliced_bytes = 16 * CK_NAME(lanes),                                                       \
        .prepared_bytes = sizeof(CK_NAME(aes_key)),                                                \
        .load = CK_NAME(aes_load),                                                                 \
        .store = CK_NAME(aes_store),                                                               \
        .fill = CK_NAME(aes_fill),                                                                 \
        .arrange = CK_NAME(aes_arrange),                                                           \
        .exclusive_or = CK_NAME(aes_xor),                                                          \
        .equal = CK_NAME(aes_equal),                                                               \
        .prepare = CK_NAME(aes_prepare),                                                           \
        .encrypt = CK_NAME(aes_encrypt),                                                           \
        .decrypt = CK_NAME(aes_decrypt),                                                           \
        .chain = CK_NAME(aes_chain),                                                               \
        .set_odd_parity = NULL,                                                                    \
        .times_x = CK_NAME(aes_times_x),                                                           \
    }
