// A circuit of two- and three-input gates on the six inputs of a DES S-box, and its text form.
//
// Every node is 0 at the point where all inputs are 0; a function that is 1 there stands as its
// complement, which costs its readers nothing. Of the two-input gates this leaves those that
// vector units have: and, or, xor, and-not.
#ifndef TERNARY_H
#define TERNARY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { TERNARY_INPUTS = 6, TERNARY_OUTPUTS = 4, TERNARY_NONE = 95 };

// The value for operands a, b, c is bit 4a + 2b + c of the table, as in vpternlog. A two-input gate
// has c = TERNARY_NONE, whose value is 0 everywhere, and a table that does not depend on c.
typedef struct {
    uint8_t a, b, c, table;
} lut;

// Nodes 0 to 5 are the inputs; the operands of a gate have smaller numbers.
typedef struct {
    int nodes;
    lut node[TERNARY_NONE];
    uint64_t value[TERNARY_NONE + 1];
    uint8_t output[TERNARY_OUTPUTS];
    uint64_t target[TERNARY_OUTPUTS]; // as its standard defines the output
} ternary;

// What the parts of a circuit cost.
typedef struct {
    int two, three; // a gate of two and of three inputs; an output's operation on L is one as well
    int latency;    // a step of the longest path
} ternary_price;

uint64_t lut_apply(uint8_t table, uint64_t a, uint64_t b, uint64_t c);

static inline bool ternary_is_binary(const lut *g) {
    return g->c == TERNARY_NONE;
}

// No gates, the inputs' values, the targets of a box, 1 to 8.
void ternary_start(ternary *c, int box);

// Adds the gate, or finds its function; `inverted` tells whether the node is its complement.
// Operands may be equal, TERNARY_NONE or complemented (bits 2, 1, 0 of `flips` for a, b, c).
int ternary_add(ternary *c, lut gate, unsigned flips, bool *inverted);

int ternary_cost(const ternary *c, const ternary_price *price);
int ternary_latency(const ternary *c);

// Operations in all: the gates and four operations on L.
int ternary_operations(const ternary *c);

// How often each node is an operand or an output.
void ternary_count_uses(const ternary *c, uint8_t *uses);

// Whether an output's last gate joins its XOR into L in one operation: two inputs, no other use.
bool ternary_folds(const ternary *c, int output, const uint8_t *uses);

// Whether an output needs a complement that no gate can take over, as it has other uses.
bool ternary_complements(const ternary *c, int output, const uint8_t *uses);

// False unless the text computes the box at every point.
bool ternary_read(ternary *c, const char *path, int box);
bool ternary_write(const ternary *c, const char *path, const char *name);

#endif
