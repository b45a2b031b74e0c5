// DES and TDES [FIPS 46-3, SP 800-67] on bit planes [Biham 1997, "A fast new DES implementation in
// software"]: every permutation is wiring, the S-boxes are circuits, and a key schedule is a
// pointer into the key's planes.
//
// Included once per lane type, after lanes_bitslice.h and des_sboxes.h. Bits are counted from 1,
// as the standard does.

// A prepared key: for each of up to three DES keys its halves C and D, each stored twice, so that
// a rotation by s is a step of s planes.
typedef struct CK_NAME(des_key) {
    LANE planes[3][112];
    uint32_t parts; // DES keys in use: 1 or 3
    uint32_t third; // which of them is the third: 0 for two-key TDES
} __attribute__((aligned(CK_ALIGNMENT))) CK_NAME(des_key);

static const uint8_t CK_NAME(ip)[64] = {
    58, 50, 42, 34, 26, 18, 10, 2,  60, 52, 44, 36, 28, 20, 12, 4,  62, 54, 46, 38, 30, 22,
    14, 6,  64, 56, 48, 40, 32, 24, 16, 8,  57, 49, 41, 33, 25, 17, 9,  1,  59, 51, 43, 35,
    27, 19, 11, 3,  61, 53, 45, 37, 29, 21, 13, 5,  63, 55, 47, 39, 31, 23, 15, 7};

static const uint8_t CK_NAME(pc1)[56] = {57, 49, 41, 33, 25, 17, 9,  1,  58, 50, 42, 34, 26, 18,
                                         10, 2,  59, 51, 43, 35, 27, 19, 11, 3,  60, 52, 44, 36,
                                         63, 55, 47, 39, 31, 23, 15, 7,  62, 54, 46, 38, 30, 22,
                                         14, 6,  61, 53, 45, 37, 29, 21, 13, 5,  28, 20, 12, 4};

// The sum of the left shifts up to each round.
static const uint8_t CK_NAME(shifts)[16] = {1,  2,  4,  6,  8,  10, 12, 14,
                                            15, 17, 19, 21, 23, 25, 27, 28};

static void CK_NAME(des_prepare)(void *prepared, const void *key, size_t key_bytes) {
    CK_NAME(des_key) *const to = prepared;
    for (size_t part = 0; part < key_bytes / 8; part++) {
        const LANE *from = (const LANE *)key + 64 * part;
#pragma unroll
        for (size_t i = 0; i < 56; i++) {
            LANE *half = to->planes[part] + (i < 28 ? i : i + 28);
            half[0] = half[28] = from[CK_NAME(pc1)[i] - 1];
        }
    }
    to->parts = key_bytes == 8 ? 1 : 3;
    to->third = key_bytes == 24 ? 2 : 0;
}

// One round: l ^= f(r, k). Each S-box takes six bits of E(r) XOR PC-2(k) and its outputs go where
// P sends them [FIPS 46-3, Appendix 1]. A backend with a round of its own defines CK_DES_ROUND.
#ifndef CK_DES_ROUND

// Keeps each S-box to itself: compilers for AArch64 mix all eight otherwise, and have not registers
// enough for them. AVX2 loses 2 % by it.
#if defined(__aarch64__)
#define BARRIER __asm__ volatile("" : : : "memory")
#else
#define BARRIER
#endif

#define R(i) r[(i) - 1]
#define K(i) k[(i) <= 28 ? (i) - 1 : (i) + 27]
#define L(i) &l[(i) - 1]
#define SBOX(n, e1, e2, e3, e4, e5, e6, k1, k2, k3, k4, k5, k6, p1, p2, p3, p4)                    \
    CK_NAME(des_sbox##n)                                                                           \
    (R(e1) ^ K(k1), R(e2) ^ K(k2), R(e3) ^ K(k3), R(e4) ^ K(k4), R(e5) ^ K(k5), R(e6) ^ K(k6),     \
     L(p1), L(p2), L(p3), L(p4));                                                                  \
    BARRIER

static inline void CK_NAME(des_round)(LANE *restrict l, const LANE *restrict r,
                                      const LANE *restrict k) {
    SBOX(1, 32, 1, 2, 3, 4, 5, 14, 17, 11, 24, 1, 5, 9, 17, 23, 31);
    SBOX(2, 4, 5, 6, 7, 8, 9, 3, 28, 15, 6, 21, 10, 13, 28, 2, 18);
    SBOX(3, 8, 9, 10, 11, 12, 13, 23, 19, 12, 4, 26, 8, 24, 16, 30, 6);
    SBOX(4, 12, 13, 14, 15, 16, 17, 16, 7, 27, 20, 13, 2, 26, 20, 10, 1);
    SBOX(5, 16, 17, 18, 19, 20, 21, 41, 52, 31, 37, 47, 55, 8, 14, 25, 3);
    SBOX(6, 20, 21, 22, 23, 24, 25, 30, 40, 51, 45, 33, 48, 4, 29, 11, 19);
    SBOX(7, 24, 25, 26, 27, 28, 29, 44, 49, 39, 56, 34, 53, 32, 12, 22, 7);
    SBOX(8, 28, 29, 30, 31, 32, 1, 46, 42, 50, 36, 29, 32, 5, 27, 15, 21);
}

#undef R
#undef K
#undef L
#undef SBOX
#undef BARRIER
#endif

// The two halves of the data, exchanged by exchanging their pointers.
typedef struct CK_NAME(des_state) {
    LANE planes[2][32];
    LANE *left, *right;
} CK_NAME(des_state);

// One DES of each state without the initial and final permutations, which cancel between the passes
// of TDES and between the blocks of a chain. The halves end exchanged, as before the final
// permutation. A round waits for the one before: the rounds of two states fill each other's gaps.
static void CK_NAME(des_pass)(CK_NAME(des_state) *states, size_t count, const LANE *key,
                              bool decrypt, ck_ahead *ahead) {
    for (unsigned round = 0; round < 16; round += 2) {
        const uint8_t *shift = CK_NAME(shifts) + (decrypt ? 15 - round : round);
        for (size_t i = 0; i < count; i++) {
            CK_NAME(bring)(ahead);
            CK_NAME(des_round)(states[i].left, states[i].right, key + shift[0]);
        }
        for (size_t i = 0; i < count; i++)
            CK_NAME(des_round)(states[i].right, states[i].left, key + shift[decrypt ? -1 : 1]);
    }
    for (size_t i = 0; i < count; i++) {
        LANE *const left = states[i].left;
        states[i].left = states[i].right;
        states[i].right = left;
    }
}

static void CK_NAME(des_passes)(CK_NAME(des_state) *states, size_t count,
                                const CK_NAME(des_key) *key, uint32_t parts, bool decrypt,
                                ck_ahead *ahead) {
    const uint32_t order[3] = {decrypt ? key->third : 0, 1, decrypt ? 0 : key->third};
    for (uint32_t pass = 0; pass < parts; pass++) {
        const uint32_t part = parts == 1 ? 0 : order[pass];
        CK_NAME(des_pass)(states, count, key->planes[part], decrypt != (pass == 1), ahead);
    }
}

static inline void CK_NAME(permute_in)(CK_NAME(des_state) *state, const LANE *block) {
    state->left = state->planes[0];
    state->right = state->planes[1];
#pragma unroll
    for (unsigned i = 0; i < 64; i++)
        state->planes[i / 32][i % 32] = block[CK_NAME(ip)[i] - 1];
}

static inline void CK_NAME(permute_out)(LANE *block, const CK_NAME(des_state) *state) {
#pragma unroll
    for (unsigned i = 0; i < 32; i++) {
        block[CK_NAME(ip)[i] - 1] = state->left[i];
        block[CK_NAME(ip)[i + 32] - 1] = state->right[i];
    }
}

static void CK_NAME(des_crypt)(LANE *out, const LANE *in, size_t count, const CK_NAME(des_key) *key,
                               bool decrypt, ck_ahead *ahead) {
    for (size_t first = 0; first < count; first += 2) {
        CK_NAME(des_state) states[2];
        const size_t here = count - first > 1 ? 2 : 1;
        for (size_t i = 0; i < here; i++)
            CK_NAME(permute_in)(&states[i], in + 64 * (first + i));
        CK_NAME(des_passes)(states, here, key, key->parts, decrypt, ahead);
        for (size_t i = 0; i < here; i++)
            CK_NAME(permute_out)(out + 64 * (first + i), &states[i]);
    }
}

static void CK_NAME(des_encrypt)(void *out, const void *in, size_t count, const void *prepared,
                                 ck_ahead *ahead) {
    CK_NAME(des_crypt)(out, in, count, prepared, false, ahead);
}

static void CK_NAME(des_decrypt)(void *out, const void *in, size_t count, const void *prepared) {
    CK_NAME(des_crypt)(out, in, count, prepared, true, NULL);
}

static void CK_NAME(des_chain)(void *state, const void *blocks, size_t count, const void *prepared,
                               bool first_only, ck_ahead *ahead) {
    const CK_NAME(des_key) *const key = prepared;
    CK_NAME(des_state) halves;
    CK_NAME(permute_in)(&halves, state);
    for (size_t i = 0; i < count; i++) {
        const LANE *block = (const LANE *)blocks + 64 * i;
#pragma unroll
        for (unsigned bit = 0; bit < 32; bit++) {
            halves.left[bit] ^= block[CK_NAME(ip)[bit] - 1];
            halves.right[bit] ^= block[CK_NAME(ip)[bit + 32] - 1];
        }
        CK_NAME(des_passes)(&halves, 1, key, first_only ? 1 : key->parts, false, ahead);
    }
    CK_NAME(permute_out)(state, &halves);
}

static void CK_NAME(des_set_odd_parity)(void *block) {
    LANE *planes = block;
    for (unsigned byte = 0; byte < 8; byte++) {
        LANE even = planes[8 * byte];
        for (unsigned bit = 1; bit < 7; bit++)
            even ^= planes[8 * byte + bit];
        planes[8 * byte + 7] = ~even;
    }
}

static void CK_NAME(des_load)(void *blocks, const ck_rows *rows, size_t length) {
    CK_NAME(load_blocks)(blocks, rows, length, 8);
}

static void CK_NAME(des_fill)(void *blocks, const uint8_t *value, size_t length) {
    CK_NAME(fill_blocks)(blocks, value, length, 8);
}

static void CK_NAME(des_arrange)(void *out, const void *in, const int8_t *map,
                                 const uint8_t *constant) {
    CK_NAME(arrange_block)(out, in, map, constant, 8);
}

static void CK_NAME(des_xor)(void *out, const void *a, const void *b) {
    CK_NAME(xor_planes)(out, a, b, 64);
}

static void CK_NAME(des_equal)(uint64_t *mask, const void *a, const void *b, size_t length) {
    CK_NAME(equal_planes)(mask, a, b, 8 * length);
}
