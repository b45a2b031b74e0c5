// Shrinks a ternary circuit by a random walk over circuits of the same function.
#ifndef ANNEAL_H
#define ANNEAL_H

#include "chance.h"
#include "ternary.h"

// `steps` proposals, each accepted if it costs no more, else with probability exp(-more / heat),
// where heat falls from `hot` to `cold`. Leaves the cheapest circuit met in *c.
void anneal(ternary *c, const ternary_price *price, uint64_t steps, double hot, double cold,
            chance *random);

#endif
