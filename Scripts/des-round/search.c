// A schedule: a list schedule with the S-boxes started one after another in random order, then
// simulated annealing by the model of the CPU.
#include "../sbox-circuits/chance.h"
#include "round.h"

#include <math.h>
#include <string.h>

enum { STARTS = 40 };

static double unit(chance *random) {
    return (double)(chance_next(random) >> 11) / (double)(1ull << 53);
}

static double cost(const operations *all, const schedule *s) {
    static program p;
    if (!program_make(&p, all, s)) return INFINITY;
    return (program_cycles(&p, 1) + program_cycles(&p, 2)) / 2 + 0.003 * p.count;
}

typedef struct {
    double key[MAX_OPERATIONS]; // the time at which an operation should go
    int rank[BOXES], left[BOXES], pending[MAX_OPERATIONS], uses[MAX_OPERATIONS];
    bool done[MAX_OPERATIONS];
    int live;
} list;

// A box's operations go as late as its longest path allows, `spacing` after those of the one
// before.
static void plan(list *l, const operations *all, chance *random) {
    const double spacing = 6 + 12 * unit(random), noise = 6 * unit(random);
    int depth[BOXES] = {0}, height[MAX_OPERATIONS] = {0};
    memset(l, 0, sizeof *l);
    for (int box = 0; box < BOXES; box++)
        l->rank[box] = box;
    chance_shuffle(random, l->rank, BOXES);
    for (int n = all->count - 1; n >= 0; n--) {
        const operation *o = &all->at[n];
        for (int u = 0; u < o->users; u++)
            if (height[o->user[u]] > height[n]) height[n] = height[o->user[u]];
        height[n] += o->sources == 3 ? 3 : 2;
        if (height[n] > depth[o->box]) depth[o->box] = height[n];
        l->left[o->box]++;
        l->pending[n] = o->sources;
        l->uses[n] = o->users;
    }
    for (int n = 0; n < all->count; n++) {
        const int box = all->at[n].box;
        l->key[n] = l->rank[box] * spacing + depth[box] - height[n] + noise * unit(random);
    }
}

// How many more registers are taken after the operation.
static int growth(const list *l, const operation *o) {
    int change = o->kind == OUTPUT ? 0 : 1;
    for (int k = 0; k < o->sources; k++)
        change -= l->uses[o->source[k]] == 1;
    return change;
}

// Registers are kept for the boxes that started first: what they need must not be taken.
static int choose(const list *l, const operations *all) {
    int oldest = BOXES, best = -1;
    double lowest = INFINITY;
    for (int box = 0; box < BOXES; box++)
        if (l->left[box] && l->rank[box] < oldest) oldest = l->rank[box];
    for (int n = 0; n < all->count; n++) {
        if (l->done[n] || l->pending[n]) continue;
        const int more = growth(l, &all->at[n]);
        const int reserved = 1 + 4 * (l->rank[all->at[n].box] - oldest);
        if (more > 0 && l->live + more > REGISTERS - reserved) continue;
        const double pressure = more > 0 && l->live > 18 ? l->live - 18 : more < 0 ? -4 : 0;
        if (l->key[n] + pressure < lowest) {
            lowest = l->key[n] + pressure;
            best = n;
        }
    }
    return best;
}

static bool start(schedule *s, const operations *all, chance *random) {
    list l;
    plan(&l, all, random);
    memset(s, 0, sizeof *s);
    for (int at = 0; at < all->count; at++) {
        const int n = choose(&l, all);
        if (n < 0) return false;
        const operation *o = &all->at[n];
        l.live += growth(&l, o);
        l.done[n] = true;
        l.left[o->box]--;
        s->order[at] = (int16_t)n;
        for (int k = 0; k < o->sources; k++) // the last that dies here, if any does
            if (--l.uses[o->source[k]] == 0) s->over[n] = (uint8_t)k;
        for (int u = 0; u < o->users; u++)
            l.pending[o->user[u]]--;
    }
    return true;
}

// Moves an operation in the order, as far as its sources and users let it.
static bool shift(schedule *s, const operations *all, chance *random) {
    const int from = chance_below(random, all->count), number = s->order[from];
    const int span = 2 << chance_below(random, 6),
              wanted = from + chance_below(random, 2 * span + 1) - span;
    const operation *moved = &all->at[number];
    int to = from;
    while (to > wanted && to > 0) {
        const int before = s->order[to - 1];
        for (int k = 0; k < moved->sources; k++)
            if (moved->source[k] == before) return to != from;
        s->order[to--] = (int16_t)before;
        s->order[to] = (int16_t)number;
    }
    while (to < wanted && to < all->count - 1) {
        const int after = s->order[to + 1];
        for (int k = 0; k < all->at[after].sources; k++)
            if (all->at[after].source[k] == number) return to != from;
        s->order[to++] = (int16_t)after;
        s->order[to] = (int16_t)number;
    }
    return to != from;
}

static bool change(schedule *s, const operations *all, chance *random) {
    const int kind = chance_below(random, 16), n = chance_below(random, all->count);
    const operation *o = &all->at[n];
    if (kind > 2) return shift(s, all, random);
    if (o->kind == INPUT) {
        s->keep[n] ^= 1;
    } else if (kind == 2) {
        s->pause[n] = (uint8_t)chance_below(random, 3);
    } else {
        if (o->sources < 2) return false;
        s->over[n] = (uint8_t)chance_below(random, o->sources);
    }
    return true;
}

bool schedule_search(schedule *s, const operations *all, uint64_t seed, long steps) {
    chance random = {seed};
    schedule now = {0}, next;
    double current = INFINITY, best;
    for (int k = 0; k < STARTS; k++) {
        if (!start(&next, all, &random)) continue;
        const double there = cost(all, &next);
        if (there < current) now = next, current = there;
    }
    *s = now;
    best = current;
    for (long k = 0; k < steps; k++) {
        const double temperature = 0.5 * pow(0.04, (double)k / (double)steps);
        next = now;
        if (!change(&next, all, &random)) continue;
        const double there = cost(all, &next);
        if (there > current && unit(&random) >= exp((current - there) / temperature)) continue;
        now = next;
        current = there;
        if (current < best) *s = now, best = current;
    }
    return best < INFINITY;
}
