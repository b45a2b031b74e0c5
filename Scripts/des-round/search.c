// A schedule, judged by running it. Another that runs beside it in turn is the measure, as the
// CPU's clock and its other users change the times of both.
#include "../sbox-circuits/chance.h"
#include "round.h"

#include <math.h>
#include <string.h>

// Of the annealing, relative to the time of a round.
static const double HOT = 0.002, COLD = 0.0003;

static double unit(chance *random) {
    return (double)(chance_next(random) >> 11) / (double)(1ull << 53);
}

typedef struct {
    double key[MAX_OPERATIONS]; // the time at which an operation should go
    int rank[BOXES], left[BOXES], pending[MAX_OPERATIONS], uses[MAX_OPERATIONS];
    bool done[MAX_OPERATIONS];
    int live;
    // How registers count: `easy` are free to take, each more costs `taking`, one that is given
    // back gains `giving`, and `reserve` are kept for each box that started earlier.
    int easy, reserve;
    double taking, giving;
} list;

// The boxes in a random order, or in that of their numbers, since neighbours share planes of R.
static void rank_boxes(list *l, chance *random) {
    const int first = chance_below(random, BOXES);
    for (int box = 0; box < BOXES; box++)
        l->rank[box] = (box + first) % BOXES;
    if (chance_below(random, 3) == 0) chance_shuffle(random, l->rank, BOXES);
}

// A box's operations go as late as its longest path allows, `spacing` after those of the one
// before.
static void plan(list *l, const operations *all, chance *random) {
    const double spacing = 4 + 14 * unit(random), noise = 10 * unit(random) * unit(random);
    int depth[BOXES] = {0}, height[MAX_OPERATIONS] = {0};
    memset(l, 0, sizeof *l);
    rank_boxes(l, random);
    l->easy = 10 + chance_below(random, 20);
    l->reserve = 2 + chance_below(random, 5);
    l->taking = 2 * unit(random);
    l->giving = 6 * unit(random);
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
        const int reserved = 1 + l->reserve * (l->rank[all->at[n].box] - oldest);
        if (more > 0 && l->live + more > REGISTERS - reserved) continue;
        const double pressure = more < 0                        ? -l->giving
                                : more > 0 && l->live > l->easy ? l->taking * (l->live - l->easy)
                                                                : 0;
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

// Keeps planes of R in registers where there are enough of them.
static void keep_planes(schedule *s, const operations *all) {
    program p;
    for (int n = 0; n < all->count; n++) {
        s->keep[n] = all->at[n].kind == INPUT;
        if (s->keep[n] && !program_make(&p, all, s)) s->keep[n] = false;
    }
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
    const int n = chance_below(random, all->count);
    const operation *o = &all->at[n];
    if (chance_below(random, 6) > 0) return shift(s, all, random);
    if (o->sources < 2 && o->kind != INPUT) return false;
    if (o->kind == INPUT)
        s->keep[n] ^= 1;
    else
        s->over[n] = (uint8_t)chance_below(random, o->sources);
    return true;
}

// A few repetitions tell most that are worse.
static bool is_better(const program *p, const program *than, double limit) {
    return program_ratio(p, than, 5) < limit && program_ratio(p, than, 25) < limit;
}

static bool best_start(schedule *s, const operations *all, chance *random, long starts) {
    static program p, best;
    schedule next;
    best.count = 0;
    for (long k = 0; k < starts; k++) {
        if (!start(&next, all, random)) continue;
        keep_planes(&next, all);
        if (!program_make(&p, all, &next)) continue;
        if (best.count && !is_better(&p, &best, 0.998)) continue;
        best = p;
        *s = next;
    }
    return best.count != 0;
}

bool schedule_search(schedule *s, const operations *all, uint64_t seed, long starts, long steps) {
    static program now, next, best;
    chance random = {seed};
    if (starts && !best_start(s, all, &random, starts)) return false;
    schedule here = *s, there;
    if (!program_make(&now, all, s)) return false;
    best = now;
    for (long k = 0, taken = 0; k < steps; k++) {
        const double heat = HOT * pow(COLD / HOT, (double)k / (double)steps);
        there = here;
        bool changed = false;
        for (int i = chance_below(&random, 3); i >= 0; i--)
            changed |= change(&there, all, &random);
        if (!changed || !program_make(&next, all, &there)) continue;
        if (!is_better(&next, &now, 1 - heat * log(1 - unit(&random)))) continue;
        here = there;
        now = next;
        if (++taken % 32) continue;
        const double ratio = program_ratio(&now, &best, MAX_REPEATS);
        if (ratio < 1) *s = here, best = now;
        if (ratio > 1.02) here = *s, now = best;
    }
    return true;
}
