// Sliced blocks of 16 bytes as the blocks of the lanes one after another.
//
// Included once per lane type, after lanes_bitslice.h and definitions of
//   AES_VECTOR                  a vector of bytes, a whole number of blocks
//   AES_PERMUTE(blocks, map)    byte i of each block is byte map[i] of it, or 0 where map[i] > 127
//   AES_JOIN(rows, start)       the 16 bytes from `start` on of as many rows as fill a vector

enum {
    // So few that the blocks of a tile, its keys and its rows stay in the first-level cache.
    CK_NAME(blocks_lanes) = CK_NAME(lanes) < 128 ? CK_NAME(lanes) : 128,
    CK_NAME(blocks_bytes) = 16 * CK_NAME(blocks_lanes), // of a sliced block
    CK_NAME(blocks_vectors) = CK_NAME(blocks_bytes) / sizeof(AES_VECTOR),
    // Lanes that are stored at a time, so few that their rows stay in the first-level cache from
    // block to block.
    CK_NAME(blocks_strip) = 64,
    // Blocks of a row that are loaded at a time, so few that what is written stays there too.
    CK_NAME(blocks_at_once) = 8,
};

static inline AES_VECTOR CK_NAME(blocks_splat)(const uint8_t block[static 16]) {
    AES_VECTOR vector;
    for (size_t i = 0; i < sizeof vector; i += 16)
        memcpy((uint8_t *)&vector + i, block, 16);
    return vector;
}

// Copies a block of each lane from its row, or to it: length bytes, by moves of `most`, the largest
// power of two in it. Two moves may overlap; the row's bounds are kept.
__attribute__((always_inline)) static inline void CK_NAME(blocks_move_lanes)(
    uint8_t *block, const ck_rows rows, const size_t length, const size_t most, const bool store) {
    for (size_t lane = 0; lane < rows.count; lane++, block += 16) {
        const size_t offset = rows.offsets ? rows.offsets[lane] : lane * rows.stride;
        uint8_t *row = (uint8_t *)rows.base + offset;
        uint8_t *to = store ? row : block, *from = store ? block : row;
        if (!store && length < 16) memset(block, 0, 16);
        memcpy(to, from, most);
        if (length != most) memcpy(to + length - most, from + length - most, most);
    }
}

// Whole blocks of each lane, a vector at a time: one store for several rows.
__attribute__((always_inline)) static inline void CK_NAME(blocks_load_whole)(uint8_t *blocks,
                                                                             const uint8_t *base,
                                                                             const ck_rows rows,
                                                                             size_t count) {
    enum { at_a_time = sizeof(AES_VECTOR) / 16 };
    size_t lane = 0;
    for (; lane + at_a_time <= rows.count; lane += at_a_time) {
        const uint8_t *joined[at_a_time];
        for (size_t i = 0; i < at_a_time; i++)
            joined[i] = base + (rows.offsets ? rows.offsets[lane + i] : (lane + i) * rows.stride);
        for (size_t block = 0; block < count; block++)
            *(AES_VECTOR *)(blocks + block * CK_NAME(blocks_bytes) + 16 * lane) =
                AES_JOIN(joined, 16 * block);
    }
    for (; lane < rows.count; lane++) {
        const uint8_t *const row = base + (rows.offsets ? rows.offsets[lane] : lane * rows.stride);
        for (size_t block = 0; block < count; block++)
            memcpy(blocks + block * CK_NAME(blocks_bytes) + 16 * lane, row + 16 * block, 16);
    }
}

// At most a block: constants for the lengths that are one move.
__attribute__((always_inline)) static inline void CK_NAME(blocks_move_part)(uint8_t *block,
                                                                            const ck_rows rows,
                                                                            const size_t length,
                                                                            const bool store) {
    if (length >= 16)
        CK_NAME(blocks_move_lanes)(block, rows, 16, 16, store);
    else if (length > 8)
        CK_NAME(blocks_move_lanes)(block, rows, length, 8, store);
    else if (length == 8)
        CK_NAME(blocks_move_lanes)(block, rows, 8, 8, store);
    else if (length > 4)
        CK_NAME(blocks_move_lanes)(block, rows, length, 4, store);
    else if (length == 4)
        CK_NAME(blocks_move_lanes)(block, rows, 4, 4, store);
    else if (length == 3)
        CK_NAME(blocks_move_lanes)(block, rows, 3, 2, store);
    else if (length == 2)
        CK_NAME(blocks_move_lanes)(block, rows, 2, 2, store);
    else
        CK_NAME(blocks_move_lanes)(block, rows, 1, 1, store);
}

static void CK_NAME(blocks_load)(void *blocks, const ck_rows *rows, size_t length) {
    const size_t whole = length / 16, used = 16 * rows->count;
    uint8_t *const to = blocks;
    ck_rows rest = *rows;
    // A copy of the loop for each way that rows lie, which does not ask again for every row.
    const ck_rows by_stride = {rows->base, rows->stride, NULL, rows->count};
    for (size_t block = 0; block < whole; block += CK_NAME(blocks_at_once)) {
        const size_t left = whole - block, most = CK_NAME(blocks_at_once);
        const size_t count = left < most ? left : most;
        uint8_t *const first = to + block * CK_NAME(blocks_bytes);
        if (rows->offsets)
            CK_NAME(blocks_load_whole)(first, rows->base + 16 * block, *rows, count);
        else
            CK_NAME(blocks_load_whole)(first, rows->base + 16 * block, by_stride, count);
    }
    rest.base += 16 * whole;
    if (length % 16 != 0)
        CK_NAME(blocks_move_part)(to + whole * CK_NAME(blocks_bytes), rest, length % 16, false);
    if (used == CK_NAME(blocks_bytes)) return;
    for (size_t start = 0; start < length; start += 16)
        memset(to + start * CK_NAME(blocks_lanes) + used, 0, CK_NAME(blocks_bytes) - used);
}

static void CK_NAME(blocks_store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    for (size_t lane = 0; lane < rows->count; lane += CK_NAME(blocks_strip)) {
        ck_rows strip = {rows->base, rows->stride, rows->offsets, rows->count - lane};
        if (rows->offsets)
            strip.offsets += lane;
        else
            strip.base += lane * rows->stride;
        if (strip.count > CK_NAME(blocks_strip)) strip.count = CK_NAME(blocks_strip);
        uint8_t *block = (uint8_t *)blocks + 16 * lane;
        for (size_t start = 0; start < length; start += 16, strip.base += 16) {
            CK_NAME(blocks_move_part)(block, strip, length - start, true);
            block += CK_NAME(blocks_bytes);
        }
    }
}

static void CK_NAME(blocks_fill)(void *blocks, const uint8_t *value, size_t length) {
    AES_VECTOR *to = blocks;
    size_t start = 0;
    do {
        uint8_t block[16] = {0};
        for (size_t i = 0; i < 16 && start + i < length; i++)
            block[i] = value[start + i];
        const AES_VECTOR vector = CK_NAME(blocks_splat)(block);
        for (size_t i = 0; i < CK_NAME(blocks_vectors); i++)
            *to++ = vector;
        start += 16;
    } while (start < length);
}

static void CK_NAME(blocks_arrange)(void *out, const void *in, const int8_t *map,
                                    const uint8_t *constant) {
    const AES_VECTOR wiring = CK_NAME(blocks_splat)((const uint8_t *)map);
    const AES_VECTOR added = CK_NAME(blocks_splat)(constant);
    for (size_t i = 0; i < CK_NAME(blocks_vectors); i++)
        ((AES_VECTOR *)out)[i] = AES_PERMUTE(((const AES_VECTOR *)in)[i], wiring) ^ added;
}

static void CK_NAME(blocks_xor)(void *out, const void *a, const void *b) {
    for (size_t i = 0; i < CK_NAME(blocks_vectors); i++)
        ((AES_VECTOR *)out)[i] = ((const AES_VECTOR *)a)[i] ^ ((const AES_VECTOR *)b)[i];
}

static void CK_NAME(blocks_equal)(uint64_t *mask, const void *a, const void *b, size_t length) {
    typedef uint64_t half __attribute__((may_alias));
    const half *left = a, *right = b;
    const uint64_t all = -(uint64_t)(length > 8);
    const size_t word = CK_NAME(blocks_lanes) < 64 ? CK_NAME(blocks_lanes) : 64;
    for (size_t lane = 0; lane < CK_NAME(blocks_lanes); lane += word) {
        uint64_t equal = 0;
        for (size_t i = 0; i < word; i++, left += 2, right += 2)
            equal |= (uint64_t)(((left[0] ^ right[0]) | ((left[1] ^ right[1]) & all)) == 0) << i;
        mask[lane / 64] = equal;
    }
}

// Each byte moves up by a bit, and takes the highest bit of the byte after it. What leaves the
// first byte is x^128 = x^7 + x^2 + x + 1, added to the last [SP 800-38B, 5.3].
static inline AES_VECTOR CK_NAME(blocks_doubled)(AES_VECTOR blocks) {
    typedef int8_t signed_bytes __attribute__((vector_size(sizeof(AES_VECTOR))));
    static const uint8_t after[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0};
    static const uint8_t values[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0x87};
    const AES_VECTOR highest = (AES_VECTOR)((signed_bytes)blocks < 0);
    const AES_VECTOR moved = AES_PERMUTE(highest, CK_NAME(blocks_splat)(after));
    return (blocks + blocks) ^ (moved & CK_NAME(blocks_splat)(values));
}

static void CK_NAME(blocks_times_x)(void *out, const void *in) {
    for (size_t i = 0; i < CK_NAME(blocks_vectors); i++)
        ((AES_VECTOR *)out)[i] = CK_NAME(blocks_doubled)(((const AES_VECTOR *)in)[i]);
}
