// Rows of bytes to bit planes and back.
//
// Included once per lane type, of a multiple of 128 bits, after lanes_bitslice.h and `#define
// LANE_UNPACK(half, bits, a, b)`: the elements of `bits` bits of a and b in turn, from the lower
// (lo) or the upper (hi) half of each 128 bits. Where one instruction takes each bit from one of
// two, LANE_SELECT(mask, a, b) is that from a where mask has ones, and from b elsewhere. Where one
// transposes each word as a matrix of 8 x 8 bits, LANE_TRANSPOSE(a) is that of words with the last
// row in the first byte, and gives the highest bits first.
//
// A matrix of 64 elements holds 8 bytes of each row, those of lane 64w + 8g + i in word w of
// element 8g + i. To make planes of it, neighbours (i) are transposed bit by bit, so that each byte
// belongs to one plane, and then every eighth element (g) byte by byte.

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte of a word is its lowest");

enum { CK_NAME(words) = sizeof(LANE) / sizeof(uint64_t) };
_Static_assert(CK_NAME(words) % 2 == 0, "pairs of words");

#define INLINE __attribute__((always_inline)) static inline

// Exchanges the bits that a has at mask << distance with those that b has at mask.
INLINE void CK_NAME(exchange)(LANE *a, LANE *b, unsigned distance, uint64_t mask) {
#if defined(LANE_SELECT)
    const LANE old = *a;
    *a = LANE_SELECT(LANE_SPLAT(mask << distance), *b << distance, old);
    *b = LANE_SELECT(LANE_SPLAT(mask), old >> distance, *b);
#else
    const LANE difference = ((*a >> distance) ^ *b) & LANE_SPLAT(mask);
    *b ^= difference;
    *a ^= difference << distance;
#endif
}

// Transposes 8 x 8 bits [Warren, Hacker's Delight, 7-3]: bit b of each byte of rows[i] becomes bit
// i of that byte of rows[b].
INLINE void CK_NAME(transpose_bits)(LANE rows[static 8]) {
    for (unsigned i = 0; i < 4; i++)
        CK_NAME(exchange)(&rows[i], &rows[i + 4], 4, 0x0F0F0F0F0F0F0F0F);
    for (unsigned i = 0; i < 4; i++)
        CK_NAME(exchange)(&rows[i + (i & 2)], &rows[i + (i & 2) + 2], 2, 0x3333333333333333);
    for (unsigned i = 0; i < 8; i += 2)
        CK_NAME(exchange)(&rows[i], &rows[i + 1], 1, 0x5555555555555555);
}

// Moves the lowest bit of a row's number below the place of the byte within 16, whose highest bit
// comes before the rest of the number.
#define INTERLEAVE(count, bits, to, from)                                                          \
    _Pragma("unroll") for (unsigned i = 0; i < count / 2; i++) {                                   \
        to[i] = LANE_UNPACK(lo, bits, from[2 * i], from[2 * i + 1]);                               \
        to[i + count / 2] = LANE_UNPACK(hi, bits, from[2 * i], from[2 * i + 1]);                   \
    }

static const uint8_t CK_NAME(reverse_3)[8] = {0, 4, 2, 6, 1, 5, 3, 7};

// Three such steps: of 8 rows, byte b in each half h of 16 bytes becomes byte 8(b % 2) + i of the
// row whose number is 4h + b / 2 with its bits in reverse.
INLINE void CK_NAME(interleave)(LANE rows[static 8]) {
    LANE pairs[8], fours[8];
    INTERLEAVE(8, 8, pairs, rows)
    INTERLEAVE(8, 16, fours, pairs)
    INTERLEAVE(8, 32, rows, fours)
}

// Byte b of each word of rows[g] becomes byte g of that word of rows[b].
INLINE void CK_NAME(transpose_bytes)(LANE rows[static 8]) {
    LANE halves[8];
    CK_NAME(interleave)(rows);
    INTERLEAVE(8, 64, halves, rows)
    for (unsigned i = 0; i < 8; i++)
        rows[CK_NAME(reverse_3)[i]] = halves[i];
}

// Transposes the bytes of every eighth element; to may be from.
static inline void CK_NAME(transpose_matrix)(LANE *to, const LANE *from) {
    for (unsigned i = 0; i < 8; i++) {
        LANE rows[8];
        for (unsigned g = 0; g < 8; g++)
            rows[g] = from[8 * g + i];
        CK_NAME(transpose_bytes)(rows);
        for (unsigned b = 0; b < 8; b++)
            to[8 * b + i] = rows[b];
    }
}

INLINE size_t CK_NAME(offset)(size_t stride, const uint32_t *offsets, size_t row) {
    return offsets ? offsets[row] : row * stride;
}

INLINE const uint8_t *CK_NAME(row)(ck_rows rows, size_t lane) {
    return rows.base + CK_NAME(offset)(rows.stride, rows.offsets, lane);
}

// Words of 8 bytes of the rows of lanes lane + 64w.
INLINE LANE CK_NAME(gather)(ck_rows rows, size_t lane, size_t start) {
    uint64_t words[CK_NAME(words)];
    LANE result;
    for (size_t w = 0; w < CK_NAME(words); w++)
        memcpy(&words[w], CK_NAME(row)(rows, lane + 64 * w) + start, 8);
    memcpy(&result, words, sizeof result);
    return result;
}

// Rows of 1 to 7 bytes, some of which may be read twice.
INLINE LANE CK_NAME(gather_short)(ck_rows rows, size_t lane, size_t length) {
    uint64_t words[CK_NAME(words)];
    LANE result;
    for (size_t w = 0; w < CK_NAME(words); w++) {
        const uint8_t *const row = CK_NAME(row)(rows, lane + 64 * w);
        uint32_t first, last;
        if (length < 4) {
            first = row[0] | (uint32_t)row[length / 2] << 8 * (length / 2);
            last = (uint32_t)row[length - 1] << 24;
        } else {
            memcpy(&first, row, 4);
            memcpy(&last, row + length - 4, 4);
        }
        words[w] = first | (uint64_t)last << 32 >> 8 * (8 - length);
    }
    memcpy(&result, words, sizeof result);
    return result;
}

// 8 bytes of 8 rows of each 64, as bytes of planes.
INLINE void CK_NAME(put)(LANE matrix[static 8], LANE rows[static 8]) {
    CK_NAME(transpose_bits)(rows);
    for (unsigned bit = 0; bit < 8; bit++)
        matrix[bit] = rows[7 - bit];
}

// For the first of each 8 lanes. Rows at offsets and rows at a stride have a copy of the loop each,
// inlined, which does not ask again for every row.
#define EACH_EIGHT(lane, end, rows, statement)                                                     \
    if (rows.offsets)                                                                              \
        for (size_t lane = 0; lane < end; lane += 8)                                               \
            statement;                                                                             \
    else                                                                                           \
        for (size_t lane = 0; lane < end; lane += 8)                                               \
            statement;

INLINE void CK_NAME(put_words)(LANE *matrix, ck_rows rows, size_t lane, size_t start,
                               unsigned shift) {
    LANE words[8];
    for (size_t i = 0; i < 8; i++)
        words[i] = CK_NAME(gather)(rows, lane + i, start) >> shift;
    CK_NAME(put)(matrix + lane, words);
}

INLINE void CK_NAME(put_short)(LANE *matrix, ck_rows rows, size_t lane, size_t length) {
    LANE words[8];
    for (size_t i = 0; i < 8; i++)
        words[i] = CK_NAME(gather_short)(rows, lane + i, length);
    CK_NAME(put)(matrix + lane, words);
}

// Up to 8 bytes of the rows from `start` on, of a whole tile. Where fewer are left, the row's last
// 8 are read, and those shifted out that are in the block before.
static void CK_NAME(load_words)(LANE *planes, ck_rows rows, size_t start, size_t length) {
    if (length >= 8) {
        const size_t from = start + 8 <= length ? start : length - 8;
        const unsigned shift = 8 * (unsigned)(start - from);
        EACH_EIGHT(lane, 64, rows, CK_NAME(put_words)(planes, rows, lane, from, shift))
    } else {
        EACH_EIGHT(lane, 64, rows, CK_NAME(put_short)(planes, rows, lane, length))
    }
    CK_NAME(transpose_matrix)(planes, planes);
}

// 16 bytes of each row at a time: lane 128w + 8g + i is row i of group g, in bytes 16w to 16w + 15
// of a vector, which no step leaves.
typedef uint64_t CK_NAME(pair) __attribute__((vector_size(16)));

INLINE LANE CK_NAME(gather_pairs)(ck_rows rows, size_t lane, size_t start) {
    CK_NAME(pair) pairs[CK_NAME(words) / 2];
    LANE result;
    for (size_t w = 0; w < CK_NAME(words) / 2; w++)
        memcpy(&pairs[w], CK_NAME(row)(rows, lane + 128 * w) + start, 16);
    memcpy(&result, pairs, sizeof result);
    return result;
}

// The group of rows from `lane` on: its bytes of the planes of bytes 2n and 2n + 1 into
// parts[16n], a word of each.
INLINE void CK_NAME(put_group)(LANE *parts, ck_rows rows, size_t lane, size_t start) {
    LANE group[8];
#if defined(LANE_TRANSPOSE)
#pragma unroll
    for (size_t i = 0; i < 8; i++)
        group[7 - i] = CK_NAME(gather_pairs)(rows, lane + i, start);
    CK_NAME(interleave)(group);
#pragma unroll
    for (size_t i = 0; i < 8; i++)
        group[i] = LANE_TRANSPOSE(group[i]);
#else
    LANE bits[8];
    for (size_t i = 0; i < 8; i++)
        bits[i] = CK_NAME(gather_pairs)(rows, lane + i, start);
    CK_NAME(put)(group, bits);
    CK_NAME(interleave)(group);
#endif
#pragma unroll
    for (size_t i = 0; i < 8; i++)
        parts[16 * CK_NAME(reverse_3)[i]] = group[i];
}

// Makes 16 planes of their parts, which have a byte of each plane from each group.
INLINE void CK_NAME(join_groups)(LANE planes[static 16]) {
    static const uint8_t reverse[16] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
    LANE parts[16], pairs[16], fours[16], words[16], halves[16];
    memcpy(parts, planes, sizeof parts);
    INTERLEAVE(16, 8, pairs, parts)
    INTERLEAVE(16, 16, fours, pairs)
    INTERLEAVE(16, 32, words, fours)
    INTERLEAVE(16, 64, halves, words)
#pragma unroll
    for (unsigned i = 0; i < 16; i++)
        planes[reverse[i]] = halves[i];
}

// 16 bytes of the rows from `start` on, of a whole tile.
static void CK_NAME(load_pairs)(LANE *planes, ck_rows rows, size_t start) {
    EACH_EIGHT(lane, 128, rows, CK_NAME(put_group)(planes + lane / 8, rows, lane, start))
    for (size_t plane = 0; plane < 128; plane += 16)
        CK_NAME(join_groups)(planes + plane);
}
#undef INTERLEAVE

static void CK_NAME(put_tile)(LANE *planes, ck_rows rows, size_t length) {
    size_t start = 0;
    for (; start + 16 <= length; start += 16)
        CK_NAME(load_pairs)(planes + 8 * start, rows, start);
    for (; start < length; start += 8)
        CK_NAME(load_words)(planes + 8 * start, rows, start, length);
}

// Zero in each lane from `count` on.
static void CK_NAME(clear_lanes)(LANE *planes, size_t plane_count, size_t count) {
    uint64_t words[CK_NAME(words)];
    for (size_t w = 0; w < CK_NAME(words); w++) {
        const size_t here = count > 64 * w ? count - 64 * w : 0;
        words[w] = here < 64 ? ((uint64_t)1 << here) - 1 : UINT64_MAX;
    }
    LANE present;
    memcpy(&present, words, sizeof present);
    for (size_t plane = 0; plane < plane_count; plane++)
        planes[plane] &= present;
}

// Lanes without a row take the first one for a while.
static void CK_NAME(put_partial_tile)(LANE *planes, ck_rows rows, size_t length) {
    uint32_t offsets[CK_NAME(lanes)];
    for (size_t lane = 0; lane < CK_NAME(lanes); lane++)
        offsets[lane] =
            (uint32_t)CK_NAME(offset)(rows.stride, rows.offsets, lane < rows.count ? lane : 0);
    rows.offsets = offsets;
    CK_NAME(put_tile)(planes, rows, length);
    CK_NAME(clear_lanes)(planes, (length + 7) / 8 * 64, rows.count);
}

static void CK_NAME(load_blocks)(void *blocks, const ck_rows *rows, size_t length,
                                 size_t block_bytes) {
    LANE *const planes = blocks;
    const size_t whole = 64 * CK_NAME(groups)(length, block_bytes), used = (length + 7) / 8 * 64;
    const size_t loaded = rows->count ? used : 0;
    memset(planes + loaded, 0, (whole - loaded) * sizeof(LANE));
    if (loaded == 0) return;
    if (rows->count == CK_NAME(lanes))
        CK_NAME(put_tile)(planes, *rows, length);
    else
        CK_NAME(put_partial_tile)(planes, *rows, length);
}

// Writes up to 8 bytes of each word of the matrix to its row, from `start` on.
INLINE void CK_NAME(scatter)(ck_mutable_rows rows, const LANE *matrix, size_t start, size_t bytes) {
    uint8_t *const base = rows.base + start;
    for (size_t w = 0; w < CK_NAME(words); w++) {
        const uint64_t *word = (const uint64_t *)matrix + w;
        const size_t end = rows.count < 64 * (w + 1) ? rows.count : 64 * (w + 1);
        for (size_t lane = 64 * w; lane < end; lane++, word += CK_NAME(words))
            memcpy(base + CK_NAME(offset)(rows.stride, rows.offsets, lane), word, bytes);
    }
}

static void CK_NAME(store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    for (size_t start = 0; start < length; start += 8) {
        LANE matrix[64], words[8];
        CK_NAME(transpose_matrix)(matrix, (const LANE *)blocks + 8 * start);
        for (unsigned g = 0; g < 64; g += 8) {
            for (unsigned bit = 0; bit < 8; bit++)
                words[7 - bit] = matrix[g + bit];
            CK_NAME(transpose_bits)(words);
            memcpy(matrix + g, words, sizeof words);
        }
        if (length - start < 8)
            CK_NAME(scatter)(*rows, matrix, start, length - start);
        else
            CK_NAME(scatter)(*rows, matrix, start, 8);
    }
}

#undef EACH_EIGHT
#undef INLINE
