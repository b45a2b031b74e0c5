// The AES S-box through GF(((2^2)^2)^2).
#ifndef TOWER_H
#define TOWER_H

#include "chance.h"
#include "circuit.h"

// The basis { z_i w_j y^16 } u { z_i w_j y } of GF(256): y in GF(256), z_i in GF(16), w_j the
// powers 0 and 1 of a generator of GF(4).
typedef struct {
    uint8_t y, z[2];
} tower;

// A tower whose basis is one.
tower tower_random(chance *random);

// The S-box, or its inverse, by way of this tower. False if the linear layers have no solution.
bool tower_circuit(const tower *t, bool inverse, circuit *c, chance *random);

#endif
