// Shrinks a circuit by a random walk over circuits of the same function.
#ifndef REWRITE_H
#define REWRITE_H

#include "chance.h"
#include "circuit.h"

// `steps` proposals; `heat` is the chance to accept one gate more. Leaves the circuit of the least
// cost met in *c.
void rewrite_64(circuit *c, circuit_price price, uint64_t steps, double heat, chance *random);

// The same for circuits of seven or eight inputs.
void rewrite_256(circuit *c, circuit_price price, uint64_t steps, double heat, chance *random);

#endif
