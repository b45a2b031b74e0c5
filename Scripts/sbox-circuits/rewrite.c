#include "rewrite.h"

#include <math.h>

// One proposal: take a gate, find the points where an output can see it, and compute it there by
// other means. The other points are don't-cares, as in [Mishchenko, Brayton 2005, "SAT-Based
// Complete Don't-Care Computation for Network Optimization"]; at 64 or 256 points they are exact
// by simulation. Compiled once per width.

#if WORDS == 1
typedef uint64_t truth;
#define rewrite_width rewrite_64
static inline bool none(truth t) {
    return t == 0;
}
#else
typedef uint64_t truth __attribute__((vector_size(8 * WORDS)));
#define rewrite_width rewrite_256
static inline bool none(truth t) {
    return (t[0] | t[1] | t[2] | t[3]) == 0;
}
#endif

typedef struct {
    circuit c;
    truth value[MAX_NODES];
    uint8_t free[MAX_NODES]; // nodes that do not depend on the gate in question
    int frees;
    chance *random;
} walker;

static inline truth apply(int kind, truth a, truth b) {
    switch (kind) {
    case GATE_AND:
        return a & b;
    case GATE_OR:
        return a | b;
    case GATE_XOR:
        return a ^ b;
    case GATE_ANDNOT:
        return a & ~b;
    default:
        return ~a;
    }
}

static void evaluate(walker *w) {
    uint64_t word[MAX_NODES];
    for (int k = 0; k < WORDS; k++) {
        circuit_points(w->c.inputs, k, word);
        for (int i = 0; i < w->c.inputs; i++) {
#if WORDS == 1
            w->value[i] = word[i];
#else
            w->value[i][k] = word[i];
#endif
        }
    }
    for (int i = w->c.inputs; i < w->c.nodes; i++)
        w->value[i] = apply(w->c.node[i].kind, w->value[w->c.node[i].a], w->value[w->c.node[i].b]);
}

// The points where flipping gate g flips an output; lists the nodes that do not depend on g.
static truth observable(walker *w, int g) {
    truth flipped[MAX_NODES], seen = w->value[0] ^ w->value[0];
    bool depends[MAX_NODES] = {false};
    w->frees = 0;
    for (int i = 0; i < w->c.nodes; i++) {
        gate n = w->c.node[i];
        depends[i] = i == g || (i > g && (depends[n.a] || depends[n.b]));
        if (i == g) {
            flipped[i] = ~w->value[i];
        } else if (depends[i]) {
            flipped[i] = apply(n.kind, flipped[n.a], flipped[n.b]);
        } else {
            flipped[i] = w->value[i];
            w->free[w->frees++] = (uint8_t)i;
        }
    }
    for (int o = 0; o < w->c.outputs; o++)
        seen |= flipped[w->c.output[o]] ^ w->value[w->c.output[o]];
    return seen;
}

// One of the gates on free nodes that agree with `target` on `mask`, each as likely.
typedef struct {
    walker *w;
    truth on, off; // the points of the mask where the target is 1, and 0
    gate except, found;
    int hits;
} finder;

static void offer(finder *f, gate_kind kind, uint8_t a, uint8_t b) {
    if (kind == f->except.kind && a == f->except.a && b == f->except.b) return;
    if (chance_below(f->w->random, ++f->hits) == 0) f->found = (gate){(uint8_t)kind, a, b};
}

static void find_sums(finder *f, truth target, truth mask) {
    const walker *w = f->w;
    for (int i = 0; i < w->frees; i++) {
        truth need = (w->value[w->free[i]] ^ target) & mask;
        for (int j = 0; j < i; j++)
            if (none((w->value[w->free[j]] ^ need) & mask))
                offer(f, GATE_XOR, w->free[j], w->free[i]);
    }
}

// An operand of AND is 1 where the target is, an operand of OR is 0 where the target is.
static void find_products(finder *f) {
    const walker *w = f->w;
    uint8_t above[MAX_NODES], below[MAX_NODES], apart[MAX_NODES];
    int aboves = 0, belows = 0, aparts = 0;
    for (int i = 0; i < w->frees; i++) {
        uint8_t x = w->free[i];
        truth v = w->value[x];
        bool disjoint = none(f->on & v);
        if (none(f->on & ~v)) above[aboves++] = x;
        if (none(f->off & v)) below[belows++] = x;
        if (disjoint) apart[aparts++] = x;
        if (disjoint && none(f->off & ~v)) offer(f, GATE_NOT, x, x);
    }
    for (int i = 0; i < aboves; i++) {
        truth extra = f->off & w->value[above[i]];
        for (int j = 0; j < i; j++)
            if (none(extra & w->value[above[j]])) offer(f, GATE_AND, above[j], above[i]);
        for (int j = 0; j < aparts; j++)
            if (none(extra & ~w->value[apart[j]])) offer(f, GATE_ANDNOT, above[i], apart[j]);
    }
    for (int i = 0; i < belows; i++) {
        truth missing = f->on & ~w->value[below[i]];
        for (int j = 0; j < i; j++)
            if (none(missing & ~w->value[below[j]])) offer(f, GATE_OR, below[j], below[i]);
    }
}

// The kind is GATE_KINDS if there is none.
static gate find_gate(walker *w, truth target, truth mask, gate except) {
    finder f = {w, target & mask, ~target & mask, except, {GATE_KINDS, 0, 0}, 0};
    find_sums(&f, target, mask);
    find_products(&f);
    return f.found;
}

typedef struct {
    gate outer, inner; // outer reads inner as node number c.nodes
} proposal;

// Two gates: a random free node x as one operand of the outer gate leaves the other operand a
// target, with more don't-cares.
static bool find_two_gates(walker *w, truth target, truth mask, proposal *p) {
    uint8_t x = w->free[chance_below(w->random, w->frees)], inner = (uint8_t)w->c.nodes;
    truth v = w->value[x], want = target ^ v, care = mask;
    p->outer = (gate){GATE_XOR, inner, x};
    if (chance_below(w->random, 3) == 0) {
        // The sum, whatever x is.
    } else if (none(target & ~v & mask)) {
        bool complemented = chance_below(w->random, 2);
        p->outer = complemented ? (gate){GATE_ANDNOT, x, inner} : (gate){GATE_AND, inner, x};
        want = complemented ? ~target : target;
        care = mask & v;
    } else if (none(~target & v & mask)) {
        p->outer.kind = GATE_OR;
        want = target;
        care = mask & ~v;
    } else if (none(target & v & mask)) {
        p->outer.kind = GATE_ANDNOT;
        want = target;
        care = mask & ~v;
    }
    p->inner = find_gate(w, want, care, (gate){GATE_KINDS, 0, 0});
    return p->inner.kind != GATE_KINDS;
}

// Copies what the outputs need, in order, each function once.
typedef struct {
    const walker *from;
    walker *to;
    uint8_t moved[MAX_NODES];
} mover;

static uint8_t move(mover *m, int node) {
    if (m->moved[node] != 0xff) return m->moved[node];
    gate n = m->from->c.node[node];
    uint8_t a = move(m, n.a), b = n.b == n.a ? a : move(m, n.b);
    truth v = apply(n.kind, m->to->value[a], m->to->value[b]);
    int at = 0;
    while (at < m->to->c.nodes && !none(m->to->value[at] ^ v))
        at++;
    if (at == m->to->c.nodes) {
        circuit_add(&m->to->c, n.kind, a, b);
        m->to->value[at] = v;
    }
    return m->moved[node] = (uint8_t)at;
}

static void rebuild(const walker *from, walker *to) {
    mover m = {.from = from, .to = to};
    to->random = from->random;
    to->c.inputs = to->c.nodes = from->c.inputs;
    to->c.outputs = from->c.outputs;
    for (int i = 0; i < MAX_NODES; i++)
        m.moved[i] = 0xff;
    for (int i = 0; i < from->c.inputs; i++) {
        m.moved[i] = (uint8_t)i;
        to->value[i] = from->value[i];
    }
    for (int o = 0; o < from->c.outputs; o++)
        to->c.output[o] = move(&m, from->c.output[o]);
}

// A node that is as good as gate g where it is seen, or -1.
static int find_node(const walker *w, truth target, truth mask) {
    for (int i = 0; i < w->frees; i++)
        if (none((w->value[w->free[i]] ^ target) & mask)) return w->free[i];
    return -1;
}

static bool propose(walker *w, walker *next) {
    int g = w->c.inputs + chance_below(w->random, circuit_gates(&w->c));
    truth mask = observable(w, g), target = w->value[g];
    gate kept = w->c.node[g];
    proposal p = {.inner = {GATE_KINDS, 0, 0}};
    int same = find_node(w, target, mask);
    if (same >= 0) {
        // A gate that copies: rebuilding drops it, as its function exists.
        p.outer = (gate){GATE_AND, (uint8_t)same, (uint8_t)same};
    } else if (chance_below(w->random, 2)) {
        p.outer = find_gate(w, target, mask, kept);
        if (p.outer.kind == GATE_KINDS) return false;
    } else if (!find_two_gates(w, target, mask, &p)) {
        return false;
    }
    w->c.node[g] = p.outer;
    w->c.node[w->c.nodes] = p.inner;
    rebuild(w, next);
    w->c.node[g] = kept;
    return true;
}

void rewrite_width(circuit *c, circuit_price price, uint64_t steps, double heat, chance *random) {
    static walker pair[2];
    walker *now = &pair[0], *next = &pair[1];
    now->c = *c;
    now->random = random;
    evaluate(now);
    rebuild(now, next);
    int cost = circuit_cost(&next->c, price), best = cost;
    *c = next->c;
    for (walker *w = now; steps > 0; steps--) {
        if (w) now = next, next = w, w = NULL;
        if (now->c.nodes + 2 >= MAX_NODES || !propose(now, next)) continue;
        int more = circuit_cost(&next->c, price) - cost;
        double luck = (double)chance_below(random, 65536) / 65536;
        if (more > 0 && luck >= pow(heat, (double)more / price.gate)) continue;
        w = now;
        cost += more;
        if (cost >= best) continue;
        best = cost;
        *c = next->c;
    }
}
