// Sliced blocks as bit planes: plane p holds bit p of the block (bit 0 the most significant of the
// first byte), and bit l of a plane belongs to lane l.
//
// Included once per lane type, after `#define LANE <type>` (a type with & | ^ ~), `LANE_SPLAT(x)`
// (a lane type of equal 64-bit words) and `CK_NAME(x)`.

enum { CK_NAME(lanes) = 8 * sizeof(LANE) };

// Brings some of the memory ahead into the cache: called every two rounds of DES and, by
// instructions, every block of a few vectors of AES, so often that a tile of rows arrives while one
// is computed, and so little at a time that loads do not wait for it. Least often for what it needs
// by VAES: for 48 bytes of data 24 times for 208 lines under an issuer's key, less often under a
// card's, where some of the data is left to the CPU.
static inline void CK_NAME(bring)(ck_ahead *ahead) {
    if (!ahead) return;
    unsigned lines = 9;
    while (lines != 0 && ahead->part < CK_AHEAD_PARTS) {
        ck_ahead_part *const part = &ahead->parts[ahead->part];
        for (; lines != 0 && part->next < part->end; lines--, part->next += 64)
            __builtin_prefetch(part->next);
        if (part->next >= part->end) ahead->part++;
    }
}

// The number of 64-plane groups that `length` bytes fill in blocks of block_bytes.
static inline size_t CK_NAME(groups)(size_t length, size_t block_bytes) {
    return (length + block_bytes - 1) / block_bytes * (block_bytes / 8);
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
