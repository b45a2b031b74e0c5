// AES [FIPS 197] on bit planes: 128 planes a block, byte i of the block in planes 8i to 8i + 7,
// with a key per lane. The S-box is a circuit; ShiftRows is wiring.
//
// Included once per lane type, after lanes_bitslice.h and aes_sbox.h.

typedef struct CK_NAME(aes_key) {
    LANE round_keys[15][128];
    uint32_t rounds; // 10, 12 or 14
} __attribute__((aligned(CK_ALIGNMENT))) CK_NAME(aes_key);

// The round keys are words of 32 planes, made one after another [FIPS 197, 5.2].
static void CK_NAME(aes_prepare)(void *prepared, const void *key, size_t key_bytes) {
    CK_NAME(aes_key) *const to = prepared;
    LANE *const planes = to->round_keys[0];
    const size_t key_words = key_bytes / 4;
    to->rounds = (uint32_t)key_words + 6;
    memcpy(planes, key, key_bytes * 8 * sizeof(LANE));
    uint8_t round_constant = 1;
    for (size_t word = key_words; word < 4 * ((size_t)to->rounds + 1); word++) {
        LANE previous[32];
        const bool first = word % key_words == 0;
        for (unsigned i = 0; i < 32; i++)
            previous[i] = planes[32 * (word - 1) + (first ? (i + 8) % 32 : i)];
        if (first || (key_words == 8 && word % 8 == 4)) {
            for (unsigned byte = 0; byte < 4; byte++)
                CK_NAME(aes_sbox)(previous + 8 * byte);
        }
        if (first) {
            for (unsigned bit = 0; bit < 8; bit++)
                previous[bit] ^= CK_NAME(splat_bit)(round_constant, bit);
            round_constant = (uint8_t)(round_constant << 1 ^ (round_constant >> 7) * 0x1B);
        }
        for (unsigned i = 0; i < 32; i++)
            planes[32 * word + i] = planes[32 * (word - key_words) + i] ^ previous[i];
    }
}

// Row r of the state, in bytes r, r + 4, r + 8, r + 12, rotates left by r, or right to undo it.
static inline void CK_NAME(shift_rows)(LANE *restrict to, const LANE *restrict from, bool inverse) {
    for (unsigned i = 0; i < 16; i++) {
        const unsigned turn = inverse ? 16 - 4 * (i % 4) : 4 * (i % 4);
        memcpy(to + 8 * i, from + 8 * ((i + turn) % 16), 8 * sizeof(LANE));
    }
}

// out ^= in * x in GF(2^8), with the polynomial 0x11B.
static inline void CK_NAME(add_times_x)(LANE *out, const LANE in[8]) {
    for (unsigned bit = 0; bit < 7; bit++)
        out[bit] ^= in[bit + 1];
    out[7] ^= in[0];
    out[6] ^= in[0];
    out[4] ^= in[0];
    out[3] ^= in[0];
}

// One column: each byte becomes x*(a ^ b) ^ b ^ c ^ d, where b, c, d are the bytes below it.
static inline void CK_NAME(mix_column)(LANE *restrict to, const LANE *restrict from) {
    for (unsigned i = 0; i < 4; i++) {
        const LANE *a = from + 8 * i, *b = from + 8 * ((i + 1) % 4);
        const LANE *c = from + 8 * ((i + 2) % 4), *d = from + 8 * ((i + 3) % 4);
        LANE sum[8];
        for (unsigned bit = 0; bit < 8; bit++) {
            sum[bit] = a[bit] ^ b[bit];
            to[8 * i + bit] = b[bit] ^ c[bit] ^ d[bit];
        }
        CK_NAME(add_times_x)(to + 8 * i, sum);
    }
}

// InvMixColumns is MixColumns after adding x^2 * (a ^ c) to each byte, c two below it.
static inline void CK_NAME(unmix_column)(LANE *restrict to, const LANE *restrict from) {
    LANE adjusted[32];
    memcpy(adjusted, from, sizeof adjusted);
    for (unsigned i = 0; i < 4; i++) {
        LANE sum[8], once[8];
        for (unsigned bit = 0; bit < 8; bit++) {
            sum[bit] = from[8 * i + bit] ^ from[8 * ((i + 2) % 4) + bit];
            once[bit] = LANE_SPLAT(0);
        }
        CK_NAME(add_times_x)(once, sum);
        CK_NAME(add_times_x)(adjusted + 8 * i, once);
    }
    CK_NAME(mix_column)(to, adjusted);
}

static void CK_NAME(aes_encrypt_block)(LANE *state, const CK_NAME(aes_key) *key, ck_ahead *ahead) {
    LANE shifted[128];
    CK_NAME(xor_planes)(state, state, key->round_keys[0], 128);
    for (uint32_t round = 1; round <= key->rounds; round++) {
        CK_NAME(bring)(ahead);
        for (unsigned byte = 0; byte < 16; byte++)
            CK_NAME(aes_sbox)(state + 8 * byte);
        CK_NAME(shift_rows)(shifted, state, false);
        const bool last = round == key->rounds;
        for (unsigned column = 0; column < 4 && !last; column++)
            CK_NAME(mix_column)(state + 32 * column, shifted + 32 * column);
        CK_NAME(xor_planes)(state, last ? shifted : state, key->round_keys[round], 128);
    }
}

static void CK_NAME(aes_decrypt_block)(LANE *state, const CK_NAME(aes_key) *key) {
    LANE shifted[128];
    CK_NAME(xor_planes)(state, state, key->round_keys[key->rounds], 128);
    for (uint32_t round = key->rounds; round-- > 0;) {
        CK_NAME(shift_rows)(shifted, state, true);
        for (unsigned byte = 0; byte < 16; byte++)
            CK_NAME(aes_inverse_sbox)(shifted + 8 * byte);
        CK_NAME(xor_planes)(shifted, shifted, key->round_keys[round], 128);
        for (unsigned column = 0; column < 4 && round != 0; column++)
            CK_NAME(unmix_column)(state + 32 * column, shifted + 32 * column);
        if (round == 0) memcpy(state, shifted, sizeof shifted);
    }
}

static void CK_NAME(aes_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    memmove(out, in, count * 128 * sizeof(LANE));
    for (size_t i = 0; i < count; i++)
        CK_NAME(aes_encrypt_block)((LANE *)out + 128 * i, prepared, ahead);
}

static void CK_NAME(aes_decrypt)(void *out, const void *in, size_t count, const void *prepared) {
    memmove(out, in, count * 128 * sizeof(LANE));
    for (size_t i = 0; i < count; i++)
        CK_NAME(aes_decrypt_block)((LANE *)out + 128 * i, prepared);
}

static void CK_NAME(aes_chain)(void *state, const void *blocks, size_t count, const void *prepared,
                               bool first_only, ck_ahead *ahead) {
    (void)first_only;
    for (size_t i = 0; i < count; i++) {
        CK_NAME(xor_planes)(state, state, (const LANE *)blocks + 128 * i, 128);
        CK_NAME(aes_encrypt_block)(state, prepared, ahead);
    }
}

static void CK_NAME(aes_times_x)(void *out, const void *in) {
    const LANE *from = in;
    LANE *to = out;
    const LANE carry = from[0];
    for (unsigned plane = 0; plane < 127; plane++)
        to[plane] = from[plane + 1];
    to[127] = carry;
    // x^128 = x^7 + x^2 + x + 1 [SP 800-38B, 5.3]
    to[126] ^= carry;
    to[125] ^= carry;
    to[120] ^= carry;
}

static void CK_NAME(aes_load)(void *blocks, const ck_rows *rows, size_t length) {
    CK_NAME(load_blocks)(blocks, rows, length, 16);
}

static void CK_NAME(aes_fill)(void *blocks, const uint8_t *value, size_t length) {
    CK_NAME(fill_blocks)(blocks, value, length, 16);
}

static void CK_NAME(aes_arrange)(void *out, const void *in, const int8_t *map,
                                 const uint8_t *constant) {
    CK_NAME(arrange_block)(out, in, map, constant, 16);
}

static void CK_NAME(aes_xor)(void *out, const void *a, const void *b) {
    CK_NAME(xor_planes)(out, a, b, 128);
}

static void CK_NAME(aes_equal)(uint64_t *mask, const void *a, const void *b, size_t length) {
    CK_NAME(equal_planes)(mask, a, b, 8 * length);
}
