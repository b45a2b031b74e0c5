// A schedule, judged by running it. Another that runs beside it in turn is the measure, as the
// CPU's clock and its other users change the times of both.
#include "../sbox-circuits/chance.h"
#include "round.h"

#include <math.h>
#include <string.h>

static double unit(chance *random) {
    return (double)(chance_next(random) >> 11) / (double)(1ull << 53);
}

typedef struct {
    double key[MAX_OPERATIONS]; // the time at which an operation should go
    int rank[BOXES], left[BOXES], pending[MAX_OPERATIONS], uses[MAX_OPERATIONS];
    bool done[MAX_OPERATIONS];
    int live, made[MAX_OPERATIONS];
    // How registers count, of which there may be more than the target has, to get stuck less:
    // `easy` are free to take, each more costs `taking`, one that is given back gains `giving`, and
    // `reserve` are kept for each box that started earlier.
    int registers, easy, reserve;
    double taking, giving;
    // An operation that is `apart` or more behind its sources never waits for them; each place less
    // costs `waiting`.
    int apart;
    double waiting;
} list;

// The boxes in a random order, or in that of their numbers, since neighbours share planes of R.
static void rank_boxes(list *l, chance *random) {
    const int first = chance_below(random, BOXES);
    for (int box = 0; box < BOXES; box++)
        l->rank[box] = (box + first) % BOXES;
    if (chance_below(random, 2) == 0) chance_shuffle(random, l->rank, BOXES);
}

// A box's operations go as late as its longest path allows, `spacing` after those of the one
// before.
static void plan(list *l, const operations *all, chance *random) {
    const double spacing = 4 + 26 * unit(random), noise = 10 * unit(random) * unit(random);
    int depth[BOXES] = {0}, height[MAX_OPERATIONS] = {0};
    memset(l, 0, sizeof *l);
    rank_boxes(l, random);
    const target *t = all->target;
    l->easy = t->registers / 3 + chance_below(random, 2 * t->registers / 3);
    l->registers = t->registers + chance_below(random, 6);
    l->reserve = 2 + chance_below(random, 3);
    l->taking = 2 * unit(random);
    l->giving = 6 * unit(random);
    l->apart = 3 + chance_below(random, 4);
    l->waiting = 8 * unit(random) * unit(random);
    for (int n = all->count - 1; n >= 0; n--) {
        const operation *o = &all->at[n];
        for (int u = 0; u < o->users; u++)
            if (height[o->user[u]] > height[n]) height[n] = height[o->user[u]];
        height[n] += o->sources == 3 ? 3 : 2; // cycles
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

static int early(const list *l, const operation *o, int at) {
    int ready = 0;
    for (int k = 0; k < o->sources; k++)
        if (l->made[o->source[k]] + l->apart > ready) ready = l->made[o->source[k]] + l->apart;
    return ready > at ? ready - at : 0;
}

// Registers are kept for the boxes that started first: what they need must not be taken.
static int choose(const list *l, const operations *all, int at) {
    int oldest = BOXES, best = -1;
    double lowest = INFINITY;
    for (int box = 0; box < BOXES; box++)
        if (l->left[box] && l->rank[box] < oldest) oldest = l->rank[box];
    for (int n = 0; n < all->count; n++) {
        if (l->done[n] || l->pending[n]) continue;
        const int more = growth(l, &all->at[n]);
        const int reserved = 1 + l->reserve * (l->rank[all->at[n].box] - oldest);
        if (more > 0 && l->live + more > l->registers - reserved) continue;
        const double pressure = more < 0                        ? -l->giving
                                : more > 0 && l->live > l->easy ? l->taking * (l->live - l->easy)
                                                                : 0;
        const double cost = l->key[n] + pressure + l->waiting * early(l, &all->at[n], at);
        if (cost < lowest) {
            lowest = cost;
            best = n;
        }
    }
    return best;
}

// The source to overwrite: the latest that is not needed any more, or the latest of all.
static uint8_t latest(const list *l, const operation *o) {
    int best = 0;
    for (int k = 1; k < o->sources; k++) {
        const bool dies = l->uses[o->source[k]] == 0, other = l->uses[o->source[best]] == 0;
        if (dies != other ? dies : l->made[o->source[k]] > l->made[o->source[best]]) best = k;
    }
    return (uint8_t)best;
}

static bool start(schedule *s, const operations *all, chance *random) {
    list l;
    plan(&l, all, random);
    memset(s, 0, sizeof *s);
    for (int at = 0; at < all->count; at++) {
        const int n = choose(&l, all, at);
        if (n < 0) return false;
        const operation *o = &all->at[n];
        l.live += growth(&l, o);
        l.done[n] = true;
        l.left[o->box]--;
        s->order[at] = (int16_t)n;
        for (int k = 0; k < o->sources; k++)
            l.uses[o->source[k]]--;
        s->over[n] = latest(&l, o);
        l.made[n] = at;
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

// A few repetitions tell most that are worse; differences below 0.2 % are noise.
static bool is_better(const program *p, const program *than) {
    return program_ratio(p, than, 5) < 0.998 && program_ratio(p, than, 25) < 0.998 &&
           program_ratio(p, than, MAX_REPEATS) < 0.998;
}

bool schedule_search(schedule *best, const operations *all, uint64_t seed, long starts) {
    static program p, fastest;
    chance random = {seed};
    schedule next;
    fastest.count = 0;
    for (long k = 0; k < starts; k++) {
        if (!start(&next, all, &random)) continue;
        keep_planes(&next, all);
        if (!program_make(&p, all, &next)) continue;
        if (fastest.count && !is_better(&p, &fastest)) continue;
        fastest = p;
        *best = next;
    }
    return fastest.count != 0;
}
