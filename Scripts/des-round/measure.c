// Times a program on this CPU, as machine code made in memory.
#include "round.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <x86intrin.h>

typedef void round_function(void *l, const void *r, const void *k, const void *ones);

enum { COPY_BYTES = MAX_CODE + 64 };
// The time stamp counter may step by some tens: much shorter passes would not tell 0.2 %.
enum { ROUNDS = 256, CHAIN = 8000 };

static round_function *encoded(uint8_t *at, const program *p) {
    round_function *function;
    memcpy(&function, &at, sizeof at);
    program_encode(at, p);
    return function;
}

// Ticks of the time stamp counter that a chain of CHAIN additions takes, one a cycle.
static double chain(void) {
    uint64_t x = 1;
    const uint64_t begin = __rdtsc();
    for (int i = 0; i < CHAIN / 5; i++)
        __asm__ volatile("add $1, %0\nadd $1, %0\nadd $1, %0\nadd $1, %0\nadd $1, %0" : "+r"(x));
    return (double)(__rdtsc() - begin);
}

// Ticks of ROUNDS rounds of each stream. As in the kernel there are two copies of the code, each
// called from a place of its own, since a CPU may not foresee a call that alternates, and the
// rounds of two streams alternate.
static double pass(round_function *const copy[2], int streams, size_t plane) {
    static uint8_t data[2 * (2 * PLANES + 1) * 64] __attribute__((aligned(4096)));
    static uint8_t keys[112 * 64] __attribute__((aligned(4096)));
    static uint8_t ones[64] __attribute__((aligned(64)));
    const size_t right = plane * PLANES;
    uint8_t *const other = data + 2 * right + plane;
    const uint64_t begin = __rdtsc();
    for (size_t round = 0; round < ROUNDS; round += 2) {
        const uint8_t *const key = keys + plane * (round % 28);
        copy[0](data, data + right, key, ones);
        if (streams == 2) copy[0](other, other + right, key, ones);
        copy[1](data + right, data, key + plane, ones);
        if (streams == 2) copy[1](other + right, other, key + plane, ones);
    }
    return (double)(__rdtsc() - begin);
}

static void place(round_function *copy[2], const program *p, int where) {
    static uint8_t code[8 * COPY_BYTES] __attribute__((aligned(4096)));
    if (mprotect(code, sizeof code, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
    for (int i = 0; i < 2; i++)
        copy[i] = encoded(code + (2 * where + i) * COPY_BYTES, p);
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Each program lies at two places, lest a place decide.
double program_ratio(const program *p, const program *q, int repeats) {
    round_function *ours[2][2], *theirs[2][2];
    double ratio[MAX_REPEATS];
    for (int i = 0; i < 2; i++) {
        place(ours[i], p, 3 * i);
        place(theirs[i], q, 1 + i);
    }
    for (int i = -2; i < repeats; i++) {
        double here = 0, there = 0;
        for (int n = 0; n < 4; n++) { // in the order p q q p, or q p p q
            const bool first = (n == 0 || n == 3) == ((i & 2) != 0);
            double *const sum = first ? &here : &there;
            for (int streams = 1; streams <= 2; streams++)
                *sum += pass(first ? ours[i & 1] : theirs[i & 1], streams, p->target->lanes / 8) /
                        streams;
        }
        if (i >= 0) ratio[i] = here / there;
    }
    qsort(ratio, (size_t)repeats, sizeof *ratio, compare);
    return ratio[repeats / 2];
}

double program_cycles(const program *p, int streams) {
    round_function *copy[2];
    double least = 1e18, least_chain = 1e18;
    place(copy, p, 0);
    for (int i = 0; i < MAX_REPEATS; i++) {
        const double here = pass(copy, streams, p->target->lanes / 8), cycles = chain();
        if (here < least) least = here;
        if (cycles < least_chain) least_chain = cycles;
    }
    return least / least_chain * CHAIN / (ROUNDS * streams);
}
