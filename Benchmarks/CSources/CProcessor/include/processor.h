// What a measurement needs of the CPU and the system, and Swift cannot express.
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include <stdint.h>

// Binds the calling thread, and threads and processes it starts, to the last CPU that the process
// may run on: the first ones tend to serve interrupts. Returns the CPU's number, or -1 where the
// system cannot do it.
int processor_pin(void);

// Lets the calling thread run on all CPUs again that it could run on before processor_pin.
void processor_unpin(void);

// How many CPUs the process may run on.
int processor_count(void);

// Runs a chain of additions, each of which needs the result of the one before: one core clock cycle
// each, whatever else the core can do at a time.
void processor_add_dependently(uint64_t thousands);

// Counts the instructions of one run of body by stepping through it, after one run that is not
// counted; it needs no performance counters. body runs in a copy of this process, which has this
// thread only. A string instruction counts once for each repetition. 0 where the system cannot.
uint64_t processor_count_instructions(void (*body)(void *), void *context);

// Allocations of the process since it started: calls of malloc, calloc, realloc and their aligned
// kin. -1 where they cannot be counted.
int64_t processor_allocations(void);

#endif
