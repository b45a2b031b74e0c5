// A backend that breaks its promise of constant time: what Scripts/check-constant-time must report.
#ifndef PLANTED_H
#define PLANTED_H

#include "cipher_kernel.h"

// The portable backend with one function changed, of which `PLANT` at compile time is the choice:
// a comparison that leaves at the first difference, or an S-box looked up in a table. NULL without
// PLANT.
const ck_backend *planted_backend(void);

#endif
