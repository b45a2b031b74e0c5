// What a measurement needs of the CPU and Swift cannot express.
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include <stdint.h>

// Binds the calling thread, and threads it starts, to the last CPU that it may run on: the first
// ones tend to serve interrupts. Returns the CPU's number, or -1 where the system cannot do it.
int processor_pin(void);

// Runs a chain of additions, each of which needs the result of the one before: one core clock cycle
// each, whatever else the core can do at a time.
void processor_add_dependently(uint64_t thousands);

#endif
