#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif
#include "processor.h"

int processor_pin(void) {
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) return -1;
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        CPU_ZERO(&allowed);
        CPU_SET(cpu, &allowed);
        return sched_setaffinity(0, sizeof allowed, &allowed) ? -1 : cpu;
    }
#endif
    return -1;
}

// Register to register: some CPUs fold the addition of a constant into renaming.
static inline uint64_t add(uint64_t sum, uint64_t addend) {
#if defined(__x86_64__)
    __asm__ volatile("addq %1, %0" : "+r"(sum) : "r"(addend));
#elif defined(__aarch64__)
    __asm__ volatile("add %0, %0, %1" : "+r"(sum) : "r"(addend));
#else
    sum += addend;
    __asm__ volatile("" : "+r"(sum));
#endif
    return sum;
}

static inline uint64_t add_ten(uint64_t sum, uint64_t addend) {
    sum = add(add(add(add(add(sum, addend), addend), addend), addend), addend);
    return add(add(add(add(add(sum, addend), addend), addend), addend), addend);
}

void processor_add_dependently(uint64_t thousands) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < 20 * thousands; i++) {
        sum = add_ten(add_ten(sum, i), i);
        sum = add_ten(add_ten(add_ten(sum, i), i), i);
    }
}
