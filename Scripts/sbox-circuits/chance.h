// A small deterministic generator, so that a seed names a search.
#ifndef CHANCE_H
#define CHANCE_H

#include <stdint.h>

typedef struct {
    uint64_t state;
} chance;

// splitmix64 [Steele, Lea, Flood 2014, "Fast Splittable Pseudorandom Number Generators"]
static inline uint64_t chance_next(chance *c) {
    uint64_t z = c->state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static inline int chance_below(chance *c, int bound) {
    return (int)((chance_next(c) >> 32) * (uint64_t)bound >> 32);
}

static inline void chance_shuffle(chance *c, int *item, int count) {
    for (int i = count - 1; i > 0; i--) {
        int j = chance_below(c, i + 1), kept = item[i];
        item[i] = item[j];
        item[j] = kept;
    }
}

#endif
