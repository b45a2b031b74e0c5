// The vector instructions of des_vbmi.h, each as a function of eight lanes: a qword is a lane.
//
// MemorySanitizer follows none of these instructions. For it each is written in vector arithmetic,
// which it does follow, so that Scripts/check-constant-time sees where secrets go.
//
// Included inside a region that targets avx512f, avx512bw, avx512vbmi and gfni, after <immintrin.h>
// and `#define CK_NAME(x) x##_<suffix>`.

typedef uint64_t CK_NAME(vector) __attribute__((vector_size(64), may_alias));

#define VECTOR CK_NAME(vector)
#define VECTOR_OF(x) ((__m512i)(x))
#define SPLAT(x) ((VECTOR){0} + (uint64_t)(x))

#if __has_feature(memory_sanitizer)

// Byte i of each lane: the eight bits of the lane's block from bit windows[i] on, around the end.
static inline VECTOR CK_NAME(windows)(VECTOR block, VECTOR windows) {
    VECTOR result = {0};
    for (unsigned i = 0; i < 64; i += 8) {
        const VECTOR amount = windows >> i & 63;
        result |= (block >> amount | block << (-amount & 63)) << 56 >> (56 - i);
    }
    return result;
}

// Each byte of each lane times the lane's 8 x 8 matrix, whose first row makes bit 7.
static inline VECTOR CK_NAME(multiply)(VECTOR bytes, VECTOR matrix) {
    VECTOR product = {0};
    for (unsigned i = 0; i < 8; i++) {
        VECTOR row;
        for (unsigned j = 0; j < 64; j++)
            ((uint8_t *)&row)[j] = ((const uint8_t *)&matrix)[(j & 56) + 7 - i];
        VECTOR bits = row & bytes;
        bits ^= bits >> 4;
        bits ^= bits >> 2;
        bits ^= bits >> 1;
        product |= (bits & SPLAT(0x0101010101010101)) << i;
    }
    return product;
}

// Byte i of the result is byte map[i] of a vector; the map is public.
static inline VECTOR CK_NAME(permute)(VECTOR bytes, VECTOR map) {
    VECTOR result;
    for (unsigned i = 0; i < 64; i++)
        ((uint8_t *)&result)[i] = ((const uint8_t *)&bytes)[((const uint8_t *)&map)[i] & 63];
    return result;
}

// Byte i of each lane is byte map[i] of it, or 0 where map[i] is negative; the map is public.
static inline VECTOR CK_NAME(permute_lanes)(VECTOR bytes, VECTOR map) {
    VECTOR result = {0};
    for (unsigned i = 0; i < 64; i++) {
        const int8_t from = ((const int8_t *)&map)[i];
        if (from >= 0) ((uint8_t *)&result)[i] = ((const uint8_t *)&bytes)[(i & 48) + from];
    }
    return result;
}

// The entries of a table that the indices name by their lower seven bits.
static inline VECTOR CK_NAME(look_up)(VECTOR indices, const VECTOR table[static 2]) {
    typedef uint8_t bytes __attribute__((vector_size(64)));
    const bytes index = (bytes)indices & 127;
    bytes found = {0};
    for (unsigned i = 0; i < 128; i++)
        found |= (bytes)(index == (uint8_t)i) & ((const uint8_t *)table)[i];
    return (VECTOR)found;
}

// In this order: the compiler would take another, though the last two come late.
static inline VECTOR CK_NAME(add)(VECTOR a, VECTOR b, VECTOR c) {
    return a ^ b ^ c;
}

#else

static inline VECTOR CK_NAME(windows)(VECTOR block, VECTOR windows) {
    return (VECTOR)_mm512_multishift_epi64_epi8(VECTOR_OF(windows), VECTOR_OF(block));
}

static inline VECTOR CK_NAME(multiply)(VECTOR bytes, VECTOR matrix) {
    return (VECTOR)_mm512_gf2p8affine_epi64_epi8(VECTOR_OF(bytes), VECTOR_OF(matrix), 0);
}

static inline VECTOR CK_NAME(permute)(VECTOR bytes, VECTOR map) {
    return (VECTOR)_mm512_permutexvar_epi8(VECTOR_OF(map), VECTOR_OF(bytes));
}

static inline VECTOR CK_NAME(permute_lanes)(VECTOR bytes, VECTOR map) {
    return (VECTOR)_mm512_shuffle_epi8(VECTOR_OF(bytes), VECTOR_OF(map));
}

static inline VECTOR CK_NAME(look_up)(VECTOR indices, const VECTOR table[static 2]) {
    return (VECTOR)_mm512_permutex2var_epi8(VECTOR_OF(table[0]), VECTOR_OF(indices),
                                            VECTOR_OF(table[1]));
}

static inline VECTOR CK_NAME(add)(VECTOR a, VECTOR b, VECTOR c) {
    return (VECTOR)_mm512_ternarylogic_epi64(VECTOR_OF(a), VECTOR_OF(b), VECTOR_OF(c), 0x96);
}

#endif
