// Shrinks a circuit by a random walk over circuits of the same function.
#ifndef REWRITE_H
#define REWRITE_H

#include "chance.h"
#include "circuit.h"

// `steps` proposals; `heat` is the chance, in 1 / 65536, to accept one gate more. Leaves the
// circuit with the fewest gates met, the shallowest of these, in *c.
void rewrite_64(circuit *c, uint64_t steps, int heat, chance *random);

// The same for circuits of seven or eight inputs.
void rewrite_256(circuit *c, uint64_t steps, int heat, chance *random);

#endif
