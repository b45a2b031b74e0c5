// Builds a circuit output by output, sharing what exists.
// [Kwan 2000, "Reducing the Gate Count of Bitslice DES"]
#ifndef KWAN_H
#define KWAN_H

#include "chance.h"
#include "circuit.h"

// The circuit with the fewest gates of `tries` random output orders and input orders, for at most
// six inputs. `target[o]` is output o at every point, as `circuit_points` numbers them.
void kwan_build(circuit *best, int inputs, int outputs, const uint64_t *target, int tries,
                chance *random);

// Forgets `holes` random outputs and builds them anew on what the others leave.
void kwan_rebuild(circuit *c, const uint64_t *target, int holes, int tries, chance *random);

#endif
