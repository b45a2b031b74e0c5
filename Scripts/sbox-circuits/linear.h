// Linear layers over GF(2): sums of a circuit's nodes.
#ifndef LINEAR_H
#define LINEAR_H

#include "chance.h"
#include "circuit.h"

// A function of eight input bits, as its 256 values.
typedef struct {
    uint64_t word[4];
} column;

// The set of signals whose sum is `target`; false if there is none.
bool linear_solve(const column *signal, int signals, column target, uint64_t *set);

// Adds XOR gates for `targets` sums of the nodes `node[0 ..< signals]`, sum o of those in set[o],
// and returns their nodes in `result`. At most 60 signals and intermediate sums.
void linear_sums(circuit *c, const int *node, int signals, const uint64_t *set, int targets,
                 int *result, chance *random);

#endif
