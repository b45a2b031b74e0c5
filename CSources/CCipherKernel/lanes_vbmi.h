// Sliced blocks of eight bytes as the blocks of the lanes one after another.
//
// Included after vectors_vbmi.h.

enum { CK_NAME(lanes) = 8 };

// Few rows have little memory ahead.
static inline void CK_NAME(bring)(ck_ahead *ahead) {
    (void)ahead;
}

static inline size_t CK_NAME(offset)(size_t stride, const uint32_t *offsets, size_t row) {
    return offsets ? offsets[row] : row * stride;
}

// The first bytes of a block, at most eight. Two moves may overlap; the row's bounds are kept.
static inline uint64_t CK_NAME(des_read)(const uint8_t *row, size_t length) {
    uint64_t block = 0;
    if (length >= 8) {
        memcpy(&block, row, 8);
    } else if (length >= 4) {
        uint32_t first, last;
        memcpy(&first, row, 4);
        memcpy(&last, row + length - 4, 4);
        block = first | (uint64_t)last << 8 * (length - 4);
    } else {
        for (size_t i = 0; i < length; i++)
            block |= (uint64_t)row[i] << 8 * i;
    }
    return block;
}

static void CK_NAME(des_load)(void *blocks, const ck_rows *rows, size_t length) {
    VECTOR *to = blocks;
    for (size_t start = 0; start < length; start += 8) {
        uint64_t lanes[CK_NAME(lanes)] = {0};
        for (size_t lane = 0; lane < rows->count; lane++) {
            const uint8_t *row = rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
            lanes[lane] = CK_NAME(des_read)(row + start, length - start);
        }
        // One lane by way of a register: a load of what several stores wrote waits for them.
        if (rows->count == 1)
            *to++ = (VECTOR){lanes[0]};
        else
            memcpy(to++, lanes, sizeof lanes);
    }
}

static void CK_NAME(des_store)(const ck_mutable_rows *rows, const void *blocks, size_t length) {
    const uint8_t *from = blocks;
    for (size_t lane = 0; lane < rows->count; lane++, from += 8) {
        uint8_t *row = rows->base + CK_NAME(offset)(rows->stride, rows->offsets, lane);
        size_t start = 0;
        for (; start + 8 <= length; start += 8)
            memcpy(row + start, from + CK_NAME(lanes) *start, 8);
        memcpy(row + start, from + CK_NAME(lanes) *start, length - start);
    }
}

static void CK_NAME(des_fill)(void *blocks, const uint8_t *value, size_t length) {
    VECTOR *to = blocks;
    size_t start = 0;
    do {
        *to++ = SPLAT(length == 0 ? 0 : CK_NAME(des_read)(value + start, length - start));
        start += 8;
    } while (start < length);
}

static void CK_NAME(des_arrange)(void *out, const void *in, const int8_t *map,
                                 const uint8_t *constant) {
    uint64_t bytes, added;
    memcpy(&bytes, map, 8);
    memcpy(&added, constant, 8);
    // The instruction counts bytes from every other lane on.
    const VECTOR second = {0, 0x0808080808080808, 0, 0x0808080808080808,
                           0, 0x0808080808080808, 0, 0x0808080808080808};
    *(VECTOR *)out =
        CK_NAME(permute_lanes)(*(const VECTOR *)in, SPLAT(bytes) | second) ^ SPLAT(added);
}

static void CK_NAME(des_xor)(void *out, const void *a, const void *b) {
    *(VECTOR *)out = *(const VECTOR *)a ^ *(const VECTOR *)b;
}

static void CK_NAME(des_equal)(uint64_t *mask, const void *a, const void *b, size_t length) {
    (void)length;
    *mask = _mm512_cmpeq_epi64_mask(VECTOR_OF(*(const VECTOR *)a), VECTOR_OF(*(const VECTOR *)b));
}
