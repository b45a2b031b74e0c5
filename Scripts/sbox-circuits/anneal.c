#include "anneal.h"

#include <math.h>
#include <string.h>

// One proposal: take a gate, find by simulation the points where an output sees it, and compute it
// there, up to complement, by other means: an existing node, one gate, or two gates. A gate can
// compute what is wanted if no cell of its operands' values mixes points that want 1 with points
// that want 0, whatever the gate's table; so a search looks for operands, not for tables.

// A melted circuit need not be larger than this: it slows the walk and shrinks again anyway.
enum { MOST_NODES = 50 };

enum { GROUP = 8, GROUPS = (TERNARY_NONE + GROUP) / GROUP };
typedef uint64_t group __attribute__((vector_size(8 * GROUP)));
typedef int64_t flags __attribute__((vector_size(8 * GROUP)));
typedef bool lanes __attribute__((ext_vector_type(GROUP)));

typedef union {
    uint64_t one[GROUPS * GROUP];
    group all[GROUPS];
} column;

typedef struct {
    ternary c;
    chance *random;
    int frees;
    uint8_t free[TERNARY_NONE]; // nodes that do not depend on the gate in question
} walker;

// The points where flipping node g flips an output; lists the free nodes.
static uint64_t observable(walker *w, int g) {
    const ternary *c = &w->c;
    uint64_t flipped[TERNARY_NONE + 1], seen = 0;
    bool depends[TERNARY_NONE + 1] = {false};
    memcpy(flipped, c->value, sizeof flipped);
    flipped[g] = ~flipped[g];
    depends[g] = true;
    w->frees = 0;
    for (int i = 0; i < c->nodes; i++) {
        lut n = c->node[i];
        if (i > g && (depends[n.a] | depends[n.b] | depends[n.c])) {
            depends[i] = true;
            flipped[i] = lut_apply(n.table, flipped[n.a], flipped[n.b], flipped[n.c]);
        } else if (i != g) {
            w->free[w->frees++] = (uint8_t)i;
        }
    }
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        seen |= flipped[c->output[o]] ^ c->value[c->output[o]];
    return seen;
}

// Operands for a gate, each set of them as likely. Most sets are ruled out by a pair of points, one
// of either kind, of which no operand sees a difference. A bit of a word stands for a pair: in the
// first word a point and the one `turn` places further, in the second what the sets met so far
// failed on.
typedef struct {
    walker *w;
    uint64_t ones, zeros; // the points that want 1, and 0
    lut except, found;
    int hits, failures;
    column separates[2]; // by free node
} finder;

static inline uint64_t rotate(uint64_t word, int turn) {
    return word << turn | word >> (64 - turn);
}

static inline uint64_t pairs_at(const finder *f, int turn) {
    return (f->ones & rotate(f->zeros, turn)) | (f->zeros & rotate(f->ones, turn));
}

static void start_separations(finder *f) {
    const walker *w = f->w;
    int turn = 1;
    for (int t = 2; t < 32; t++)
        if (__builtin_popcountll(pairs_at(f, t)) > __builtin_popcountll(pairs_at(f, turn)))
            turn = t;
    for (int i = 0; i < w->frees; i++) {
        uint64_t value = w->c.value[w->free[i]];
        f->separates[0].one[i] = (value ^ rotate(value, turn)) | ~pairs_at(f, turn);
        f->separates[1].one[i] = ~0ull;
    }
    for (int i = w->frees; i % GROUP != 0; i++)
        f->separates[0].one[i] = f->separates[1].one[i] = 0;
}

static void add_failure(finder *f, uint64_t cell) {
    const walker *w = f->w;
    if (f->failures == 64) return;
    int one = __builtin_ctzll(cell & f->ones), zero = __builtin_ctzll(cell & f->zeros);
    for (int i = 0; i < w->frees; i++) {
        uint64_t value = w->c.value[w->free[i]];
        f->separates[1].one[i] ^= (~(value >> one ^ value >> zero) & 1) << f->failures;
    }
    f->failures++;
}

static inline unsigned lanes_set(flags f) {
    lanes bits = __builtin_convertvector(f, lanes);
    uint8_t set;
    memcpy(&set, &bits, 1);
    return set;
}

__attribute__((noinline)) static void offer(finder *f, uint8_t a, uint8_t b, uint8_t c) {
    static const uint64_t no = ~0ull;
    const group not_a = {no, no, no, no}, not_b = {no, no, 0, 0, no, no},
                not_c = {no, 0, no, 0, no, 0, no, 0};
    const uint64_t *value = f->w->c.value;
    group cell = (not_a ^ value[a]) & (not_b ^ value[b]) & (not_c ^ value[c]);
    flags mixed = (flags)((cell & f->ones) != 0) & (flags)((cell & f->zeros) != 0);
    unsigned failed = lanes_set(mixed);
    if (failed != 0) {
        add_failure(f, cell[__builtin_ctz(failed)]);
        return;
    }
    if (a == f->except.a && b == f->except.b && c == f->except.c) return;
    if (chance_below(f->w->random, ++f->hits) == 0) f->found = (lut){a, b, c, 0};
}

// Offers each last operand, from place `first` on, that separates the pairs in `need`.
__attribute__((always_inline)) static inline void find_last(finder *f, const uint64_t need[2],
                                                            int first, int a, int b) {
    const walker *w = f->w;
    for (int i = first / GROUP; i * GROUP < w->frees; i++) {
        flags good = (flags)((~f->separates[0].all[i] & need[0]) == 0) &
                     (flags)((~f->separates[1].all[i] & need[1]) == 0);
        for (unsigned left = lanes_set(good); left != 0; left &= left - 1) {
            int at = i * GROUP + __builtin_ctz(left);
            if (at < first || at >= w->frees) continue;
            if (b < 0)
                offer(f, w->free[a], w->free[at], TERNARY_NONE);
            else
                offer(f, w->free[a], w->free[b], w->free[at]);
        }
    }
}

static void find_operands(finder *f, bool three) {
    const walker *w = f->w;
    const uint64_t *one = f->separates[0].one, *two = f->separates[1].one;
    for (int a = 0; a < w->frees; a++) {
        if (!three) find_last(f, (uint64_t[2]){~one[a], ~two[a]}, a + 1, a, -1);
        for (int b = a + 1; three && b < w->frees - 1; b++)
            find_last(f, (uint64_t[2]){~(one[a] | one[b]), ~(two[a] | two[b])}, b + 1, a, b);
    }
}

// The table that gives `target` on the mask, and anything elsewhere.
static uint8_t table_for(walker *w, lut g, uint64_t target, uint64_t mask) {
    uint64_t a = w->c.value[g.a], b = w->c.value[g.b], c = w->c.value[g.c];
    unsigned table = 0, anything = (unsigned)chance_next(w->random);
    for (unsigned i = 0; i < 8; i++) {
        uint64_t cell = mask & (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
        unsigned bit = cell == 0 ? anything >> i : (cell & target) != 0;
        table |= (bit & 1) << i;
    }
    if (ternary_is_binary(&g)) table = (table & 0x55) | (table & 0x55) << 1;
    return (uint8_t)table;
}

static bool find_gate(walker *w, uint64_t target, uint64_t mask, bool three, lut except,
                      lut *found) {
    finder f = {.w = w, .ones = target & mask, .zeros = ~target & mask, .except = except};
    start_separations(&f);
    find_operands(&f, three);
    if (f.hits == 0) return false;
    f.found.table = table_for(w, f.found, target, mask);
    *found = f.found;
    return true;
}

typedef struct {
    lut outer, inner; // outer reads inner, if at all, as node number c.nodes
    bool two;
} proposal;

// Two gates: random operands of the outer gate leave its last one a target on the cells that they
// do not decide, in either polarity for each.
static bool find_two_gates(walker *w, uint64_t target, uint64_t mask, proposal *p) {
    uint8_t x = w->free[chance_below(w->random, w->frees)];
    uint8_t y = w->free[chance_below(w->random, w->frees)];
    uint64_t vx = w->c.value[x], vy = w->c.value[y], want = target, care = 0;
    if (chance_below(w->random, 3) == 0) y = TERNARY_NONE, vy = 0;
    if (x == y) return false;
    unsigned anything = (unsigned)chance_next(w->random), table = 0;
    for (unsigned i = 0; i < 4; i++, anything >>= 2) {
        uint64_t cell = mask & (i & 2 ? vx : ~vx) & (i & 1 ? vy : ~vy);
        bool ones = (cell & target) != 0, zeros = (cell & ~target) != 0;
        unsigned bits = anything & 3;
        bool open = (ones && zeros) || ((ones || zeros) && chance_below(w->random, 4) == 0);
        if (open) {
            bits = anything & 1 ? 1 : 2;
            care |= cell;
            if (bits == 1) want ^= cell;
        } else if (ones || zeros) {
            bits = ones ? 3 : 0;
        }
        table |= bits << (2 * i);
    }
    p->two = care != 0;
    if (y == TERNARY_NONE) table = (table & 0x33) * 5;
    p->outer = (lut){x, y, p->two ? (uint8_t)w->c.nodes : TERNARY_NONE, (uint8_t)table};
    if (!p->two) return true;
    return find_gate(w, want, care, chance_below(w->random, 2), (lut){0}, &p->inner);
}

// Copies what the outputs need, in order, each function once.
typedef struct {
    const ternary *from;
    ternary *to;
    uint8_t moved[TERNARY_NONE + 1];
    bool inverted[TERNARY_NONE + 1];
} mover;

static uint8_t move(mover *m, uint8_t node) {
    if (m->moved[node] != 0xff) return m->moved[node];
    lut n = m->from->node[node];
    lut g = {move(m, n.a), move(m, n.b), move(m, n.c), n.table};
    unsigned flips = 4u * m->inverted[n.a] | 2u * m->inverted[n.b] | m->inverted[n.c];
    return m->moved[node] = (uint8_t)ternary_add(m->to, g, flips, &m->inverted[node]);
}

static void rebuild(const ternary *from, ternary *to) {
    mover m = {.from = from, .to = to};
    memset(m.moved, 0xff, sizeof m.moved);
    m.moved[TERNARY_NONE] = TERNARY_NONE;
    for (uint8_t i = 0; i < TERNARY_INPUTS; i++)
        m.moved[i] = i;
    to->nodes = TERNARY_INPUTS;
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        to->output[o] = move(&m, from->output[o]);
}

// A node that is as good as the gate where it is seen.
static bool find_node(const walker *w, uint64_t target, uint64_t mask, lut *copy) {
    for (int i = 0; i < w->frees; i++) {
        uint64_t difference = (w->c.value[w->free[i]] ^ target) & mask;
        if (difference != 0 && difference != mask) continue;
        *copy = (lut){w->free[i], TERNARY_NONE, TERNARY_NONE, difference ? 0x0f : 0xf0};
        return true;
    }
    return false;
}

static bool propose(walker *w, ternary *next) {
    ternary *c = &w->c;
    int g = TERNARY_INPUTS + chance_below(w->random, c->nodes - TERNARY_INPUTS);
    uint64_t mask = observable(w, g), target = c->value[g];
    lut kept = c->node[g];
    proposal p = {.two = false};
    int way = chance_below(w->random, 8);
    if (!find_node(w, target, mask, &p.outer)) {
        if (way < 5) {
            lut except = chance_below(w->random, 8) ? kept : (lut){0};
            if (!find_gate(w, target, mask, way >= 2, except, &p.outer)) return false;
        } else if (!find_two_gates(w, target, mask, &p)) {
            return false;
        }
    }
    c->node[g] = p.outer;
    c->node[c->nodes] = p.inner;
    rebuild(c, next);
    c->node[g] = kept;
    return true;
}

void anneal(ternary *c, const ternary_price *price, uint64_t steps, double hot, double cold,
            chance *random) {
    static walker now;
    static ternary next;
    now.c = next = *c;
    now.random = random;
    rebuild(c, &now.c);
    *c = now.c;
    int cost = ternary_cost(&now.c, price), best = cost;
    double heat = hot, cooling = pow(cold / hot, 1024.0 / (double)steps);
    for (uint64_t s = 0; s < steps; s++) {
        if (s % 1024 == 0) heat *= cooling;
        if (!propose(&now, &next)) continue;
        if (next.nodes > MOST_NODES && next.nodes > now.c.nodes) continue;
        int more = ternary_cost(&next, price) - cost;
        double luck = ((double)(chance_next(random) >> 11) + 1) * 0x1p-53;
        if (more > 0 && -log(luck) * heat < more) continue;
        memcpy(&now.c, &next, sizeof next);
        cost += more;
        if (cost >= best) continue;
        best = cost;
        *c = now.c;
    }
}
