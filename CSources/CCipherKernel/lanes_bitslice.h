// Sliced blocks as bit planes: plane p holds bit p of the block (bit 0 the most significant of the
// first byte), and bit l of a plane belongs to lane l.
//
// Included once per lane type, after `#define LANE <type>` (a type with & | ^ ~), `LANE_SPLAT(x)`
// (a lane type of equal 64-bit words) and `CK_NAME(x)`.

enum { CK_NAME(lanes) = 8 * sizeof(LANE) };

// Brings some of the memory ahead into the cache: called every two rounds of DES or one of AES, so
// often that a tile of rows arrives while one is computed, and so little at a time that loads do
// not wait for it.
static inline void CK_NAME(bring)(ck_ahead *ahead) {
    if (!ahead) return;
    for (unsigned line = 0; line < 8 && ahead->next < ahead->end; line++, ahead->next += 64)
        __builtin_prefetch(ahead->next);
}

// Transposes matrices of 64 x 64 bits in place, one in each word of the lane type: row i of a
// matrix is a word of rows[i]. Six rounds, each swapping the off-diagonal quarters of blocks half
// as large [Warren, Hacker's Delight, 7-3].
static inline void CK_NAME(transpose)(LANE rows[static 64]) {
    uint64_t mask = 0x00000000FFFFFFFF;
    for (unsigned half = 32; half != 0; half >>= 1, mask ^= mask << half) {
        for (unsigned i = 0; i < 64; i = (i + half + 1) & ~half) {
            const LANE swapped = (rows[i] ^ (rows[i + half] >> half)) & LANE_SPLAT(mask);
            rows[i] ^= swapped;
            rows[i + half] ^= swapped << half;
        }
    }
}

static inline uint64_t CK_NAME(read_word)(const uint8_t *bytes, size_t length) {
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (length >= 8) {
        memcpy(&word, bytes, 8);
        return __builtin_bswap64(word);
    }
#endif
    for (size_t i = 0; i < length && i < 8; i++)
        word |= (uint64_t)bytes[i] << (56 - 8 * i);
    return word;
}

static inline void CK_NAME(write_word)(uint8_t *bytes, size_t length, uint64_t word) {
    for (size_t i = 0; i < length && i < 8; i++)
        bytes[i] = (uint8_t)(word >> (56 - 8 * i));
}

static inline size_t CK_NAME(offset)(size_t stride, const uint32_t *offsets, size_t row) {
    return offsets ? offsets[row] : row * stride;
}

// The number of 64-plane groups that `length` bytes fill in blocks of block_bytes.
static inline size_t CK_NAME(groups)(size_t length, size_t block_bytes) {
    return (length + block_bytes - 1) / block_bytes * (block_bytes / 8);
}

// Lane l is row 63 - l % 64 of matrix l / 64, so that it ends in bit l.
static inline uint64_t *CK_NAME(row_of)(LANE rows[static 64], size_t lane) {
    return (uint64_t *)&rows[63 - lane % 64] + lane / 64;
}

static void CK_NAME(load_blocks)(void *blocks, const ck_rows *rows, size_t length,
                                 size_t block_bytes) {
    const size_t groups = CK_NAME(groups)(length, block_bytes);
    for (size_t group = 0; group < groups; group++) {
        LANE *planes = (LANE *)blocks + 64 * group;
        const size_t start = 8 * group;
        const size_t here = length > start ? length - start : 0;
        if (rows->count < CK_NAME(lanes) || here == 0) memset(planes, 0, 64 * sizeof(LANE));
        for (size_t lane = 0; lane < rows->count && here != 0; lane++) {
            const size_t offset = CK_NAME(offset)(rows->stride, rows->offsets, lane);
            *CK_NAME(row_of)(planes, lane) = CK_NAME(read_word)(rows->base + offset + start, here);
        }
        CK_NAME(transpose)(planes);
    }
}

static void CK_NAME(store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    for (size_t start = 0; start < length; start += 8) {
        LANE matrix[64];
        memcpy(matrix, (const LANE *)blocks + 8 * start, sizeof matrix);
        CK_NAME(transpose)(matrix);
        for (size_t lane = 0; lane < rows->count; lane++) {
            uint8_t *row = rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
            CK_NAME(write_word)(row + start, length - start, *CK_NAME(row_of)(matrix, lane));
        }
    }
}

// All lanes of one bit: arithmetic, since the bit may be a key's.
static inline LANE CK_NAME(splat_bit)(uint8_t byte, unsigned bit) {
    return LANE_SPLAT(-(uint64_t)((byte >> (7 - bit)) & 1));
}

static void CK_NAME(fill_blocks)(void *blocks, const uint8_t *value, size_t length,
                                 size_t block_bytes) {
    LANE *planes = blocks;
    const size_t groups = CK_NAME(groups)(length ? length : 1, block_bytes);
    for (size_t byte = 0; byte < 8 * groups; byte++)
        for (unsigned bit = 0; bit < 8; bit++)
            planes[8 * byte + bit] = CK_NAME(splat_bit)(byte < length ? value[byte] : 0, bit);
}

static void CK_NAME(arrange_block)(void *out, const void *in, const int8_t *map,
                                   const uint8_t *constant, size_t block_bytes) {
    LANE *to = out;
    const LANE *from = in;
    for (size_t byte = 0; byte < block_bytes; byte++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            const LANE source = map[byte] < 0 ? LANE_SPLAT(0) : from[8 * map[byte] + (int)bit];
            to[8 * byte + bit] = source ^ CK_NAME(splat_bit)(constant[byte], bit);
        }
    }
}

static inline void CK_NAME(xor_planes)(void *out, const void *a, const void *b, size_t planes) {
    LANE *to = out;
    const LANE *left = a, *right = b;
    for (size_t plane = 0; plane < planes; plane++)
        to[plane] = left[plane] ^ right[plane];
}

static inline void CK_NAME(equal_planes)(uint64_t *mask, const void *a, const void *b,
                                         size_t planes) {
    const LANE *left = a, *right = b;
    LANE difference = LANE_SPLAT(0);
    for (size_t plane = 0; plane < planes; plane++)
        difference |= left[plane] ^ right[plane];
    difference = ~difference;
    memcpy(mask, &difference, sizeof difference);
}
