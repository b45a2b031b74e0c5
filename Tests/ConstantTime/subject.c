#include "subject.h"

unsigned long operations;

enum { ARENA = 1 << 24 };
static _Alignas(CK_ALIGNMENT) uint8_t arena[ARENA];
static size_t arena_used;

value from_hex(const char *digits) {
    value result = {.length = strlen(digits) / 2};
    for (size_t i = 0; i < result.length; i++) {
        unsigned byte = 0;
        if (sscanf(digits + 2 * i, "%2x", &byte) != 1) fail("from_hex", digits);
        result.bytes[i] = (uint8_t)byte;
    }
    return result;
}

void *take(size_t bytes) {
    void *const memory = arena + arena_used;
    arena_used += (bytes + CK_ALIGNMENT - 1) / CK_ALIGNMENT * CK_ALIGNMENT;
    if (arena_used > ARENA) fail("take", "the arena is too small");
    memset(memory, 0, bytes);
    return memory;
}

void release_all(void) {
    arena_used = 0;
}

void *take_blocks(const subject *s, size_t length) {
    return take((length / s->cipher->block_bytes + 1) * s->cipher->sliced_bytes);
}

static uint32_t *offsets_last_first(size_t count) {
    uint32_t *const offsets = take(MOST_LANES * sizeof *offsets);
    for (size_t row = 0; row < count; row++)
        offsets[row] = (uint32_t)((count - 1 - row) * STRIDE);
    return offsets;
}

void *load(const subject *s, const value *secret, enum rows order, size_t count) {
    uint8_t *const bytes = take(s->cipher->lanes * STRIDE);
    for (size_t row = 0; row < count; row++) {
        memcpy(bytes + row * STRIDE, secret->bytes, secret->length);
        mark_secret(bytes + row * STRIDE, secret->length);
    }
    const ck_rows rows = {
        .base = bytes,
        .stride = STRIDE,
        .offsets = order == BY_OFFSETS ? offsets_last_first(count) : NULL,
        .count = count,
    };
    void *const blocks = take_blocks(s, secret->length);
    RUN(s->cipher->load(blocks, &rows, secret->length));
    return blocks;
}

void *fill(const subject *s, const value *secret) {
    value marked = *secret;
    mark_secret(marked.bytes, marked.length);
    void *const blocks = take_blocks(s, marked.length);
    RUN(s->cipher->fill(blocks, marked.bytes, marked.length));
    expect_secret(s->where, blocks, 1);
    // Spreading a bit to a word is arithmetic, through which MemorySanitizer marks the lowest bit
    // only. It follows the operations from here on if the whole is marked.
    const size_t count = (marked.length + s->cipher->block_bytes - 1) / s->cipher->block_bytes;
    mark_secret(blocks, count * s->cipher->sliced_bytes);
    return blocks;
}

void *prepare(const subject *s, const void *key, size_t key_bytes) {
    void *const prepared = take(s->cipher->prepared_bytes);
    RUN(s->cipher->prepare(prepared, key, key_bytes));
    if (s->cipher->prepares_in_place) RUN(s->cipher->prepare(prepared, prepared, key_bytes));
    return prepared;
}

void *prepare_one(const subject *s, const value *secret) {
    value marked = *secret;
    mark_secret(marked.bytes, marked.length);
    void *const prepared = take(s->cipher->prepared_bytes);
    RUN(s->cipher->prepare_one(prepared, marked.bytes, marked.length));
    return prepared;
}

void expect_rows(const subject *s, const void *blocks, const value *expected, size_t count) {
    for (enum rows order = BY_STRIDE; order <= BY_OFFSETS; order++) {
        uint8_t *const bytes = take(s->cipher->lanes * STRIDE);
        const ck_mutable_rows rows = {
            .base = bytes,
            .stride = STRIDE,
            .offsets = order == BY_OFFSETS ? offsets_last_first(count) : NULL,
            .count = count,
        };
        RUN(s->cipher->store(&rows, blocks, expected->length));
        for (size_t row = 0; row < count; row++) {
            expect_secret(s->where, bytes + row * STRIDE, expected->length);
            expect_bytes(s->where, bytes + row * STRIDE, expected->bytes, expected->length);
        }
    }
}

void expect_equal(const subject *s, const void *a, const void *b, bool equal) {
    uint64_t *const mask = take(MOST_LANES / 8);
    RUN(s->cipher->equal(mask, a, b, 8));
    expect_secret(s->where, mask, (s->cipher->lanes + 7) / 8);
    RUN(s->cipher->equal(mask, a, b, s->cipher->block_bytes));
    expect_secret(s->where, mask, (s->cipher->lanes + 7) / 8);
    declassify(mask, MOST_LANES / 8);
    for (size_t lane = 0; lane < s->cipher->lanes; lane++)
        if ((mask[lane / 64] >> (lane % 64) & 1) != equal) fail(s->where, "wrong verdict");
}
