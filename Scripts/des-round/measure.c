// Times a program on this CPU, as machine code made in memory [Intel SDM 2, 2.7].
#include "round.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <x86intrin.h>

typedef void round_function(uint64_t (*l)[8], const uint64_t (*r)[8], const uint64_t (*k)[8]);

enum { COPY_BYTES = 4096 + 64, DATA_PLANES = 2 * PLANES + 112 + 28 };
enum { ROUNDS = 64, CHAIN = 2000 };
enum { RDX = 2, RSI = 6, RDI = 7, MAP_0F = 1, MAP_0F3A = 3 };

// An instruction with a register, a second source in VVVV (-1: none) and a register or, with
// base >= 0, the plane `rm` of memory as the last operand.
static uint8_t *encode(uint8_t *at, int map, int opcode, int reg, int vvvv, int rm, int base) {
    const int second = vvvv < 0 ? 0 : vvvv, low = base < 0 ? rm : 0;
    *at++ = 0x62;
    *at++ = (uint8_t)((~reg >> 3 & 1) << 7 | (~low >> 4 & 1) << 6 | (~low >> 3 & 1) << 5 |
                      (~reg >> 4 & 1) << 4 | map);
    *at++ = (uint8_t)(0x85 | (~second & 15) << 3);
    *at++ = (uint8_t)(0x40 | (~second >> 4 & 1) << 3);
    *at++ = (uint8_t)opcode;
    if (base < 0) {
        *at++ = (uint8_t)(0xC0 | (reg & 7) << 3 | (rm & 7));
    } else {
        *at++ = (uint8_t)((rm ? 0x40 : 0) | (reg & 7) << 3 | base);
        if (rm) *at++ = (uint8_t)rm; // in units of 64 bytes
    }
    return at;
}

static uint8_t *encode_instruction(uint8_t *at, const instruction *i) {
    const int two[16] = {[0x8] = 0xDB, [0xE] = 0xEB, [0x6] = 0xEF, [0x4] = 0xDF, [0x2] = 0xDF};
    const int a = i->from[0], b = i->from[1];
    switch (i->code) {
    case LOAD:
        return encode(at, MAP_0F, 0x6F, i->to, -1, i->plane, RSI);
    case MOVE:
        return encode(at, MAP_0F, 0x6F, i->to, -1, a, -1);
    case STORE:
        return encode(at, MAP_0F, 0x7F, a, -1, i->plane, RDI);
    case XOR_KEY:
        return encode(at, MAP_0F, 0xEF, i->to, a, i->plane, RDX);
    case XOR_LEFT:
        return encode(at, MAP_0F, 0xEF, i->to, a, i->plane, RDI);
    case TWO:
        return encode(at, MAP_0F, two[i->table], i->to, i->table == 0x4 ? b : a,
                      i->table == 0x4 ? a : b, -1);
    case TERNARY:
        at = encode(at, MAP_0F3A, 0x25, i->to, b, i->from[2], -1);
        break;
    default:
        at = encode(at, MAP_0F3A, 0x25, i->to, b, i->plane, RDI);
        break; // TERNARY_LEFT
    }
    *at++ = i->table;
    return at;
}

static round_function *encode_program(uint8_t *at, const program *p) {
    round_function *function;
    memcpy(&function, &at, sizeof at);
    for (int n = 0; n < p->count; n++)
        at = encode_instruction(at, &p->at[n]);
    *at = 0xC3;
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

// Ticks of ROUNDS rounds of each stream. As in the kernel there are two copies of the code, and the
// rounds of two streams alternate.
static double pass(round_function *const copy[2], int streams) {
    static uint64_t data[2][DATA_PLANES][8] __attribute__((aligned(4096)));
    const uint64_t begin = __rdtsc();
    for (int round = 0; round < ROUNDS; round++) {
        const int left = PLANES * (round & 1), right = PLANES - left;
        for (int s = 0; s < streams; s++)
            copy[round & 1](&data[s][left], &data[s][right], &data[s][2 * PLANES + round % 28]);
    }
    return (double)(__rdtsc() - begin);
}

static void place(round_function *copy[2], const program *p, int where) {
    static uint8_t *code;
    if (!code) {
        code = mmap(NULL, 8 * COPY_BYTES, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (code == MAP_FAILED) abort();
    }
    for (int i = 0; i < 2; i++)
        copy[i] = encode_program(code + (2 * where + i) * COPY_BYTES, p);
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
                *sum += pass(first ? ours[i & 1] : theirs[i & 1], streams) / streams;
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
        const double here = pass(copy, streams), cycles = chain();
        if (here < least) least = here;
        if (cycles < least_chain) least_chain = cycles;
    }
    return least / least_chain * CHAIN / (ROUNDS * streams);
}
