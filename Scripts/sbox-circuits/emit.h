// Writes the template headers of CCipherKernel from verified circuits.
#ifndef EMIT_H
#define EMIT_H

#include "circuit.h"

void emit_des(FILE *file, const circuit box[static 8]);
void emit_aes(FILE *file, const circuit *forward, const circuit *inverse);

#endif
