#include "planted.h"
#include <stdio.h>

#define BRANCH 1
#define LOOKUP 2

#if defined(PLANT)

// What goes wrong goes wrong between these two lines on standard error: the first shows that the
// plant was reached, the second that it was not reported.
static void reached(void) {
    fputs("planted: reached\n", stderr);
}

static void passed(void) {
    fputs("planted: not reported\n", stderr);
}

enum { ROW = 8 };

// The last of the list, which any CPU can run.
static const ck_backend *portable(void) {
    size_t last = 0;
    while (ck_backend_at(last + 1))
        last++;
    return ck_backend_at(last);
}

static void to_row(uint8_t row[static ROW], const void *block) {
    const ck_mutable_rows rows = {.base = row, .count = 1};
    portable()->des.store(&rows, block, ROW);
}

#if PLANT == BRANCH
static void planted_equal(uint64_t *mask, const void *a, const void *b, size_t length) {
    (void)length;
    uint8_t left[ROW], right[ROW];
    to_row(left, a);
    to_row(right, b);
    reached();
    size_t same = 0;
    while (same < ROW && left[same] == right[same])
        same++;
    passed();
    *mask = same == ROW;
}
#elif PLANT == LOOKUP
// S1 [FIPS 46-3, Appendix 1], by the six bits in their order.
static const uint8_t s1[64] = {14, 0,  4,  15, 13, 7,  1,  4,  2,  14, 15, 2, 11, 13, 8,  1,
                               3,  10, 10, 6,  6,  12, 12, 11, 5,  9,  9,  5, 0,  3,  7,  8,
                               4,  15, 1,  12, 14, 8,  8,  2,  13, 4,  6,  9, 2,  1,  11, 7,
                               15, 5,  12, 11, 9,  3,  7,  14, 3,  10, 10, 0, 5,  6,  0,  13};

static void planted_encrypt(void *out, const void *in, size_t count, const void *prepared,
                            ck_ahead *ahead) {
    (void)ahead;
    (void)count;
    (void)prepared;
    uint8_t row[ROW];
    to_row(row, in);
    reached();
    for (size_t i = 0; i < ROW; i++)
        row[i] = s1[row[i] & 0x3F];
    passed();
    const ck_rows rows = {.base = row, .count = 1};
    portable()->des.load(out, &rows, ROW);
}
#endif

const ck_backend *planted_backend(void) {
    static ck_backend planted;
    planted = *portable();
    planted.name = "planted";
#if PLANT == BRANCH
    planted.des.equal = planted_equal;
#elif PLANT == LOOKUP
    planted.des.encrypt = planted_encrypt;
#endif
    return &planted;
}

#else

const ck_backend *planted_backend(void) {
    return NULL;
}

#endif
