// DES and TDES [FIPS 46-3, SP 800-67] by table lookups in registers, eight lanes at a time: a qword
// of a vector is a lane. What it costs is the latency of 16 rounds, whatever the number of lanes.
//
// Half of a state is kept in rows: its 8 x 8 bits transposed are the indices of the eight S-boxes,
// one a byte (the E of a round), and what the S-boxes look up is in rows again (its P). A row is
// the sum of what two or three S-boxes send, chosen such that the indices have six bits and four
// lookups make a round; Scripts/des-lookups says how. A seventh index bit selects one of the two
// S-boxes that share a lookup; it comes with the key.
//
// Included after vectors_vbmi.h and des_lookups.h.

// A prepared key: for each of up to three DES keys its round keys in rows.
typedef struct CK_NAME(des_key) {
    VECTOR rounds[3][16];
    uint32_t parts; // DES keys in use: 1 or 3
    uint32_t third; // which of them is the third: 0 for two-key TDES
} __attribute__((aligned(CK_ALIGNMENT))) CK_NAME(des_key);

// The halves of the data, in rows.
typedef struct CK_NAME(des_state) {
    VECTOR left, right;
} CK_NAME(des_state);

// Transposes the 8 x 8 bits of each lane, and adds columns up: byte i is the sum of the columns
// that byte i of `columns` names.
static inline VECTOR CK_NAME(des_columns_of)(VECTOR rows, uint64_t columns) {
    return CK_NAME(multiply)(SPLAT(columns), rows);
}

// Brings the inputs of the S-boxes into rows from where the windows say that they are.
static inline VECTOR CK_NAME(des_gather)(VECTOR block, const uint64_t windows[static 6]) {
    VECTOR inputs = {0};
#pragma clang loop unroll(full)
    for (unsigned i = 0; i < 6; i++)
        inputs ^= CK_NAME(windows)(block, SPLAT(windows[i])) & SPLAT(CK_NAME(des_bits)[i]);
    return CK_NAME(des_columns_of)(inputs, CK_NAME(des_words));
}

static inline CK_NAME(des_state) CK_NAME(des_permute_in)(VECTOR block) {
    return (CK_NAME(des_state)){CK_NAME(des_gather)(block, CK_NAME(des_half_windows)[0]),
                                CK_NAME(des_gather)(block, CK_NAME(des_half_windows)[1])};
}

// Byte i of qword j is byte i of lane j, and the reverse.
static inline VECTOR CK_NAME(des_exchange)(VECTOR bytes) {
    const VECTOR lanes = {0x3830282018100800, 0x3931292119110901, 0x3A322A221A120A02,
                          0x3B332B231B130B03, 0x3C342C241C140C04, 0x3D352D251D150D05,
                          0x3E362E261E160E06, 0x3F372F271F170F07};
    return CK_NAME(permute)(bytes, lanes);
}

// A byte of a block is the sum of each row times a matrix: of that row of all lanes in each qword,
// and the matrix of another byte in each.
static inline VECTOR CK_NAME(des_permute_out)(CK_NAME(des_state) state) {
    const VECTOR *matrix = (const VECTOR *)CK_NAME(des_block_matrices);
    VECTOR sum = {0};
#pragma clang loop unroll(full)
    for (unsigned row = 0; row < 6; row++) {
        const VECTOR map = SPLAT(0x3830282018100800) + SPLAT(0x0101010101010101 * (7 - row));
        sum ^= CK_NAME(multiply)(CK_NAME(permute)(state.left, map), matrix[row]) ^
               CK_NAME(multiply)(CK_NAME(permute)(state.right, map), matrix[6 + row]);
    }
    return CK_NAME(des_exchange)(sum);
}

static void CK_NAME(des_prepare)(void *prepared, const void *key, size_t key_bytes) {
    CK_NAME(des_key) *const to = prepared;
    for (size_t part = 0; part < key_bytes / 8; part++) {
        const VECTOR bits = ((const VECTOR *)key)[part];
        for (unsigned i = 0; i < 16; i++)
            to->rounds[part][i] = CK_NAME(des_gather)(bits, CK_NAME(des_key_windows)[i]) ^
                                  SPLAT(CK_NAME(des_offsets));
    }
    to->parts = key_bytes == 8 ? 1 : 3;
    to->third = key_bytes == 24 ? 2 : 0;
}

// Adds what the S-boxes send, given the half and the key of a round.
static inline VECTOR CK_NAME(des_function)(VECTOR sum, VECTOR keyed) {
    VECTOR sent[4];
#pragma clang loop unroll(full)
    for (unsigned i = 0; i < 4; i++) {
        const VECTOR *table = (const VECTOR *)CK_NAME(des_tables)[i];
        sent[i] = CK_NAME(look_up)(CK_NAME(des_columns_of)(keyed, CK_NAME(des_columns)[i]), table);
    }
    return CK_NAME(add)(CK_NAME(add)(sum, sent[0], sent[1]), sent[2], sent[3]);
}

// One DES of each of up to two states without the initial and final permutations, which cancel
// between the passes of TDES and between the blocks of a chain. The halves end exchanged, as before
// the final permutation.
__attribute__((always_inline)) static inline void CK_NAME(des_pass)(CK_NAME(des_state) *states,
                                                                    const unsigned count,
                                                                    const VECTOR *keys,
                                                                    bool decrypt) {
    const ptrdiff_t step = decrypt ? -1 : 1;
    const VECTOR *key = keys + (decrypt ? 15 : 0);
    VECTOR keyed[2], left[2];
    for (unsigned i = 0; i < count; i++) {
        keyed[i] = states[i].right ^ key[0];
        left[i] = states[i].left;
    }
#pragma clang loop unroll(full)
    for (unsigned round = 0; round < 15; round++, key += step) {
        for (unsigned i = 0; i < count; i++) {
            // The next key is added to the half that does not wait for the S-boxes.
            const VECTOR next = left[i] ^ key[step];
            left[i] = keyed[i] ^ key[0];
            keyed[i] = CK_NAME(des_function)(next, keyed[i]);
        }
    }
    for (unsigned i = 0; i < count; i++) {
        states[i].left = CK_NAME(des_function)(left[i], keyed[i]);
        states[i].right = keyed[i] ^ key[0];
    }
}

__attribute__((always_inline)) static inline void CK_NAME(des_passes)(CK_NAME(des_state) *states,
                                                                      const unsigned count,
                                                                      const CK_NAME(des_key) *key,
                                                                      uint32_t parts,
                                                                      bool decrypt) {
    const uint32_t order[3] = {decrypt ? key->third : 0, 1, decrypt ? 0 : key->third};
    for (uint32_t pass = 0; pass < parts; pass++) {
        const uint32_t part = parts == 1 ? 0 : order[pass];
        CK_NAME(des_pass)(states, count, key->rounds[part], decrypt != (pass == 1));
    }
}

// Two blocks at a time, one in the latency of the other.
static void CK_NAME(des_crypt)(VECTOR *out, const VECTOR *in, size_t count,
                               const CK_NAME(des_key) *key, bool decrypt) {
    CK_NAME(des_state) states[2];
    for (; count > 1; count -= 2, in += 2, out += 2) {
        states[0] = CK_NAME(des_permute_in)(in[0]);
        states[1] = CK_NAME(des_permute_in)(in[1]);
        CK_NAME(des_passes)(states, 2, key, key->parts, decrypt);
        out[0] = CK_NAME(des_permute_out)(states[0]);
        out[1] = CK_NAME(des_permute_out)(states[1]);
    }
    if (count == 0) return;
    states[0] = CK_NAME(des_permute_in)(in[0]);
    CK_NAME(des_passes)(states, 1, key, key->parts, decrypt);
    out[0] = CK_NAME(des_permute_out)(states[0]);
}

static void CK_NAME(des_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    (void)ahead;
    CK_NAME(des_crypt)(out, in, count, prepared, false);
}

static void CK_NAME(des_decrypt)(void *out, const void *in, size_t count, const void *prepared) {
    CK_NAME(des_crypt)(out, in, count, prepared, true);
}

static void CK_NAME(des_chain)(void *state, const void *blocks, size_t count, const void *prepared,
                               bool first_only, ck_ahead *ahead) {
    (void)ahead;
    const CK_NAME(des_key) *const key = prepared;
    CK_NAME(des_state) chained = CK_NAME(des_permute_in)(*(const VECTOR *)state);
    for (size_t i = 0; i < count; i++) {
        const CK_NAME(des_state) block = CK_NAME(des_permute_in)(((const VECTOR *)blocks)[i]);
        chained.left ^= block.left;
        chained.right ^= block.right;
        CK_NAME(des_passes)(&chained, 1, key, first_only ? 1 : key->parts, false);
    }
    *(VECTOR *)state = CK_NAME(des_permute_out)(chained);
}

static void CK_NAME(des_set_odd_parity)(void *block) {
    const VECTOR seven = *(const VECTOR *)block & SPLAT(0xFEFEFEFEFEFEFEFE);
    VECTOR odd = seven ^ seven >> 4;
    odd ^= odd >> 2;
    odd ^= odd >> 1;
    *(VECTOR *)block = seven | (~odd & SPLAT(0x0101010101010101));
}

#define CK_DES_BY_LOOKUPS                                                                          \
    {                                                                                              \
        .lanes = CK_NAME(lanes),                                                                   \
        .block_bytes = 8,                                                                          \
        .sliced_bytes = sizeof(VECTOR),                                                            \
        .prepared_bytes = sizeof(CK_NAME(des_key)),                                                \
        .load = CK_NAME(des_load),                                                                 \
        .store = CK_NAME(des_store),                                                               \
        .fill = CK_NAME(des_fill),                                                                 \
        .arrange = CK_NAME(des_arrange),                                                           \
        .exclusive_or = CK_NAME(des_xor),                                                          \
        .equal = CK_NAME(des_equal),                                                               \
        .prepare = CK_NAME(des_prepare),                                                           \
        .encrypt = CK_NAME(des_encrypt),                                                           \
        .decrypt = CK_NAME(des_decrypt),                                                           \
        .chain = CK_NAME(des_chain),                                                               \
        .set_odd_parity = CK_NAME(des_set_odd_parity),                                             \
        .times_x = NULL,                                                                           \
    }
