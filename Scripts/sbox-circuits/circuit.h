// A circuit of two-input gates on at most eight inputs, and its text form.
#ifndef CIRCUIT_H
#define CIRCUIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { MAX_NODES = 250, MAX_OUTPUTS = 24 };

// The gate set is data (`gate_names`, `gate_apply`): one machine instruction each, where the
// target has and-not.
typedef enum { GATE_AND, GATE_OR, GATE_XOR, GATE_ANDNOT, GATE_NOT, GATE_KINDS } gate_kind;

typedef struct {
    uint8_t kind, a, b;
} gate;

// Nodes 0 ..< inputs are the inputs; node i >= inputs is the gate node[i], whose operands have
// smaller numbers.
typedef struct {
    int inputs, nodes, outputs;
    gate node[MAX_NODES];
    uint8_t output[MAX_OUTPUTS];
} circuit;

extern const char *const gate_names[GATE_KINDS];

static inline int circuit_gates(const circuit *c) {
    return c->nodes - c->inputs;
}

static inline uint64_t gate_apply(int kind, uint64_t a, uint64_t b) {
    switch (kind) {
    case GATE_AND:
        return a & b;
    case GATE_OR:
        return a | b;
    case GATE_XOR:
        return a ^ b;
    case GATE_ANDNOT:
        return a & ~b;
    default:
        return ~a;
    }
}

int circuit_add(circuit *c, int kind, int a, int b);
int circuit_depth(const circuit *c);

// What a gate costs, a level of depth, and an and-not above other gates.
typedef struct {
    int gate, level, andnot;
} circuit_price;

int circuit_cost(const circuit *c, circuit_price price);

// `value[i]` receives node i at the 64 points whose inputs are value[0 ..< inputs].
void circuit_evaluate(const circuit *c, uint64_t *value);

// The input bits of points 64 * word ..< 64 * word + 64; input 0 is a point's top bit.
void circuit_points(int inputs, int word, uint64_t *value);

// Whether the circuit computes `table`: output 0 is the top bit of an entry.
bool circuit_computes(const circuit *c, const uint8_t *table);

bool circuit_read(circuit *c, const char *path);
bool circuit_write(const circuit *c, const char *path, const char *title);

#endif
