#include "linear.h"

#include <string.h>

static bool bit(const column *v, int p) {
    return v->word[p / 64] >> (p % 64) & 1;
}

static void add(column *v, const column *w) {
    for (int k = 0; k < 4; k++)
        v->word[k] ^= w->word[k];
}

bool linear_solve(const column *signal, int signals, column target, uint64_t *set) {
    column row[64];
    uint64_t made_of[64], sum = 0;
    memcpy(row, signal, (size_t)signals * sizeof *row);
    for (int i = 0; i < signals; i++)
        made_of[i] = 1ull << i;
    for (int i = 0; i < signals; i++) {
        int p = 0;
        while (p < 256 && !bit(&row[i], p))
            p++;
        if (p == 256) continue;
        for (int j = i + 1; j < signals; j++)
            if (bit(&row[j], p)) {
                add(&row[j], &row[i]);
                made_of[j] ^= made_of[i];
            }
        if (bit(&target, p)) {
            add(&target, &row[i]);
            sum ^= made_of[i];
        }
    }
    *set = sum;
    return (target.word[0] | target.word[1] | target.word[2] | target.word[3]) == 0;
}

// The pair of signals that the most sets hold, ties broken by chance.
static int commonest_pair(const uint64_t *set, int targets, int signals, int pair[2],
                          chance *random) {
    int most = 0, ties = 0;
    for (int i = 0; i < signals; i++)
        for (int j = 0; j < i; j++) {
            uint64_t both = 1ull << i | 1ull << j;
            int held = 0;
            for (int o = 0; o < targets; o++)
                held += (set[o] & both) == both;
            if (held > most) ties = 0, most = held;
            if (held == most && most > 0 && chance_below(random, ++ties) == 0)
                pair[0] = i, pair[1] = j;
        }
    return most;
}

// [Paar 1997, "Optimized Arithmetic for Reed-Solomon Encoders"]
void linear_sums(circuit *c, const int *node, int signals, const uint64_t *set, int targets,
                 int *result, chance *random) {
    uint64_t left[32];
    int at[64], pair[2];
    memcpy(left, set, (size_t)targets * sizeof *left);
    memcpy(at, node, (size_t)signals * sizeof *at);
    while (signals < 64 && commonest_pair(left, targets, signals, pair, random) > 0) {
        uint64_t both = 1ull << pair[0] | 1ull << pair[1];
        for (int o = 0; o < targets; o++)
            if ((left[o] & both) == both) left[o] ^= both | 1ull << signals;
        at[signals++] = circuit_add(c, GATE_XOR, at[pair[0]], at[pair[1]]);
    }
    for (int o = 0; o < targets; o++)
        result[o] = left[o] ? at[__builtin_ctzll(left[o])] : -1;
}
