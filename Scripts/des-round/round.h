// One DES round on bit planes, L := L XOR f(R, K), as operations, as a schedule of them and as
// AVX2 or AVX-512 instructions.
#ifndef ROUND_H
#define ROUND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { BOXES = 8, BOX_INPUTS = 6, BOX_OUTPUTS = 4, MAX_GATES = 64, PLANES = 32 };
enum { MAX_OPERATIONS = 512, MAX_VALUES = MAX_OPERATIONS + 2 * PLANES, MAX_INSTRUCTIONS = 2048 };
enum { MAX_REGISTERS = 32 };

// What a round is made for.
typedef struct {
    const char *name, *circuits; // the circuits: a format of the file name, for the S-box
    int registers, lanes;
} target;

// Null if there is none of this name.
const target *target_named(const char *name);

// INPUT: plane of R XOR plane of the key. GATE: of one source (its complement), two or three.
// OUTPUT: plane of L := table of one or two sources and that plane, which is the last operand.
typedef enum { INPUT, GATE, OUTPUT } operation_kind;

// The value for sources a, b, c is bit 4a + 2b + c of the table (2a + b of a two-input gate).
typedef struct {
    uint8_t kind, box, index; // index: of the input, gate or output in its box
    uint8_t table, sources;
    int16_t source[3];
    uint8_t plane, key; // from 0; the key's among its 112
    uint8_t users;
    int16_t user[MAX_GATES];
} operation;

typedef struct {
    const target *target;
    int count;
    operation at[MAX_OPERATIONS];
} operations;

// Reads the target's circuits, and wires them.
bool operations_read(operations *all, const target *target, const char *directory);

// An order of the operations. A ternary instruction overwrites one of its sources: `over` is which.
// `keep`: the plane of R that an input has loaded stays in its register for its second use.
typedef struct {
    int16_t order[MAX_OPERATIONS];
    uint8_t over[MAX_OPERATIONS];
    bool keep[MAX_OPERATIONS];
} schedule;

bool schedule_read(schedule *s, const operations *all, const char *path);
bool schedule_write(const schedule *s, const operations *all, const char *path);

typedef enum { LOAD, MOVE, STORE, XOR_KEY, XOR_LEFT, NOT, TWO, TERNARY, TERNARY_LEFT } opcode;

// Of a TWO that is an and-not, the first source is the one complemented. source[0] of a ternary
// instruction is overwritten, after a MOVE if it is still needed.
typedef struct {
    uint8_t code, table, plane, sources;
    int16_t value, source[3]; // numbers of values
    int8_t to, from[3];       // registers
} instruction;

typedef struct {
    const target *target;
    int count;
    instruction at[MAX_INSTRUCTIONS];
} program;

// False where the registers do not suffice.
bool program_make(program *p, const operations *all, const schedule *s);

int program_count(const program *p, opcode code);

// Whether the program computes FIPS 46-3's f, tried on random planes.
bool program_is_right(const program *p, const operations *all);

// The machine code of a function of pointers to the planes of L, of R and of the key, and to a
// plane of ones.
enum { MAX_CODE = 8192 };
void program_encode(uint8_t *at, const program *p);

// The time of one program over that of another, run in turn on this CPU: the median of
// `repeats`, at most MAX_REPEATS, with one stream and with two whose rounds alternate.
enum { MAX_REPEATS = 101 };
double program_ratio(const program *p, const program *q, int repeats);

// Cycles a round: of one stream, each round waiting for the one before, or of two.
double program_cycles(const program *p, int streams);

// The fastest of so many random list schedules; false where none fits the registers.
bool schedule_search(schedule *best, const operations *all, uint64_t seed, long starts);

void emit_round(FILE *file, const operations *all, const schedule *s, const program *p);

#endif
