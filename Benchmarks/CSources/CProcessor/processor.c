#ifdef __linux__
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#endif
#include "processor.h"
#include <unistd.h>

#ifdef __linux__
static cpu_set_t all;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_all(void) {
    if (sched_getaffinity(getpid(), sizeof all, &all)) CPU_ZERO(&all);
}
#endif

int processor_pin(void) {
#ifdef __linux__
    pthread_once(&once, find_all);
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--) {
        if (!CPU_ISSET(cpu, &all)) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        return sched_setaffinity(0, sizeof one, &one) ? -1 : cpu;
    }
#endif
    return -1;
}

void processor_unpin(void) {
#ifdef __linux__
    pthread_once(&once, find_all);
    sched_setaffinity(0, sizeof all, &all);
#endif
}

int processor_count(void) {
#ifdef __linux__
    pthread_once(&once, find_all);
    if (CPU_COUNT(&all) > 0) return CPU_COUNT(&all);
#endif
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
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
