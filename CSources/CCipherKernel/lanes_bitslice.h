// Sliced blocks as bit planes: plane p holds bit p of the block (bit 0 the most significant of the
// first byte), and bit l of a plane belongs to lane l.
//
// Included once per lane type, after `#define LANE <type>` (a type with & | ^ ~), `LANE_SPLAT(x)`
// (a lane type of equal 64-bit words) and `CK_NAME(x)`. A plane is moved as 64-bit words.

enum { CK_NAME(words) = sizeof(LANE) / sizeof(uint64_t), CK_NAME(lanes) = 8 * sizeof(LANE) };

// Transposes a matrix of 64 x 64 bits in place: six rounds, each swapping the off-diagonal
// quarters of blocks half as large [Warren, Hacker's Delight, 7-3].
static inline void CK_NAME(transpose)(uint64_t rows[static 64]) {
    uint64_t mask = 0x00000000FFFFFFFF;
    for (unsigned half = 32; half != 0; half >>= 1, mask ^= mask << half) {
        for (unsigned i = 0; i < 64; i = (i + half + 1) & ~half) {
            const uint64_t swapped = (rows[i] ^ (rows[i + half] >> half)) & mask;
            rows[i] ^= swapped;
            rows[i + half] ^= swapped << half;
        }
    }
}

static inline uint64_t CK_NAME(read_word)(const uint8_t *bytes, size_t length) {
    uint64_t word = 0;
    if (length >= 8) {
        memcpy(&word, bytes, 8);
        return __builtin_bswap64(word);
    }
    for (size_t i = 0; i < length; i++)
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

static void CK_NAME(load_blocks)(void *blocks, const ck_rows *rows, size_t length,
                                 size_t block_bytes) {
    uint64_t *planes = blocks;
    const size_t groups = CK_NAME(groups)(length, block_bytes);
    for (size_t group = 0; group < groups; group++) {
        const size_t start = 8 * group;
        const size_t here = length > start ? length - start : 0;
        for (size_t word = 0; word < CK_NAME(words); word++) {
            uint64_t matrix[64];
            for (size_t i = 0; i < 64; i++) {
                const size_t lane = 64 * word + 63 - i; // lane l ends in bit l
                const bool present = lane < rows->count;
                const uint8_t *row =
                    present ? rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane)
                            : NULL;
                matrix[i] = present && here ? CK_NAME(read_word)(row + start, here) : 0;
            }
            CK_NAME(transpose)(matrix);
            for (size_t plane = 0; plane < 64; plane++)
                planes[(64 * group + plane) * CK_NAME(words) + word] = matrix[plane];
        }
    }
}

static void CK_NAME(store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    const uint64_t *planes = blocks;
    for (size_t start = 0; start < length; start += 8) {
        for (size_t word = 0; 64 * word < rows->count; word++) {
            uint64_t matrix[64];
            for (size_t plane = 0; plane < 64; plane++)
                matrix[plane] = planes[(8 * start + plane) * CK_NAME(words) + word];
            CK_NAME(transpose)(matrix);
            for (size_t i = 0; i < 64; i++) {
                const size_t lane = 64 * word + 63 - i;
                if (lane >= rows->count) continue;
                uint8_t *row =
                    rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
                CK_NAME(write_word)(row + start, length - start, matrix[i]);
            }
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
