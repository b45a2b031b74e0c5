// AES [FIPS 197] by the CPU's instructions for its rounds, with a key per lane.
//
// Included once per lane type, after lanes_blocks.h, which says what AES_VECTOR, AES_PERMUTE
// and AES_JOIN are, definitions of
//   AES_ROUND(blocks, key)                 MixColumns(ShiftRows(SubBytes(block))) ^ key, in each
//   AES_LAST_ROUND(blocks, key)            ShiftRows(SubBytes(block)) ^ key
//   AES_INVERSE_ROUND(blocks, key)         InvMixColumns(InvShiftRows(InvSubBytes(block))) ^ key
//   AES_INVERSE_LAST_ROUND(blocks, key)    InvShiftRows(InvSubBytes(block)) ^ key
//   AES_LOW_32(a, b), AES_HIGH_32(a, b)    a0 b0 a1 b1 or a2 b2 a3 b3, of the 32-bit words of each
//                                          block of a and b
//   AES_LOW_64(a, b), AES_HIGH_64(a, b)    a0 b0 or a1 b1, of the 64-bit words
//   AES_IN_ORDER(blocks)                   for vectors of several blocks: no instruction, across
//                                          which the compiler moves nothing that makes or takes
//                                          them
// and aes_key_schedule.h.

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

static void CK_NAME(aes_encrypt_shared)(AES_VECTOR *out, const AES_VECTOR *in, size_t count,
                                        ck_ahead *ahead, const CK_NAME(aes_key) *key) {
    const size_t rounds = key->key_words + 6;
    for (size_t tile = 0; tile < count * CK_NAME(blocks_vectors); tile += CK_NAME(aes_tile)) {
        CK_NAME(aes_state) state;
        CK_NAME(bring)(ahead);
        for (size_t i = 0; i < CK_NAME(aes_tile); i++)
            state[i] = in[tile + i] ^ key->shared[0];
        for (size_t round = 1; round < rounds; round++)
            for (size_t i = 0; i < CK_NAME(aes_tile); i++)
                state[i] = AES_ROUND(state[i], key->shared[round]);
        for (size_t i = 0; i < CK_NAME(aes_tile); i++)
            out[tile + i] = AES_LAST_ROUND(state[i], key->shared[rounds]);
    }
}

static void CK_NAME(aes_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    const CK_NAME(aes_key) *const key = prepared;
    if (key->is_shared) {
        CK_NAME(aes_encrypt_shared)(out, in, count, ahead, key);
    } else if (count == 1) { // Alone a block needs no round keys to be kept.
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
        .lanes = CK_NAME(blocks_lanes),                                                            \
        .block_bytes = 16,                                                                         \
        .sliced_bytes = CK_NAME(blocks_bytes),                                                     \
        .prepared_bytes = sizeof(CK_NAME(aes_key)),                                                \
        .prepares_in_place = true,                                                                 \
        .load = CK_NAME(blocks_load),                                                              \
        .store = CK_NAME(blocks_store),                                                            \
        .fill = CK_NAME(blocks_fill),                                                              \
        .arrange = CK_NAME(blocks_arrange),                                                        \
        .exclusive_or = CK_NAME(blocks_xor),                                                       \
        .equal = CK_NAME(blocks_equal),                                                            \
        .prepare = CK_NAME(aes_prepare),                                                           \
        .prepare_one = CK_NAME(aes_prepare_one),                                                   \
        .encrypt = CK_NAME(aes_encrypt),                                                           \
        .decrypt = CK_NAME(aes_decrypt),                                                           \
        .chain = CK_NAME(aes_chain),                                                               \
        .set_odd_parity = NULL,                                                                    \
        .times_x = CK_NAME(blocks_times_x),                                                        \
        .cmac = CK_NAME(aes_cmac),                                                                 \
    }
