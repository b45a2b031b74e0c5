#include "kwan.h"

typedef struct {
    circuit c;
    uint64_t value[MAX_NODES];
    int split[8];
    int limit; // nodes that the circuit may have
} builder;

static int add(builder *b, int kind, int x, int y) {
    int node = circuit_add(&b->c, kind, x, y);
    b->value[node] = gate_apply(kind, b->value[x], b->value[y]);
    return node;
}

static int find_node(const builder *b, uint64_t target, uint64_t mask) {
    for (int i = 0; i < b->c.nodes; i++)
        if (((b->value[i] ^ target) & mask) == 0) return i;
    return -1;
}

// One gate on two nodes that exist.
static int find_gate(builder *b, uint64_t target, uint64_t mask) {
    for (int i = 0; i < b->c.nodes; i++) {
        if (((~b->value[i] ^ target) & mask) == 0) return add(b, GATE_NOT, i, i);
        for (int j = 0; j < b->c.nodes; j++)
            for (int kind = 0; kind < GATE_NOT; kind++)
                if (((gate_apply(kind, b->value[i], b->value[j]) ^ target) & mask) == 0)
                    return add(b, kind, i, j);
    }
    return -1;
}

// Two gates: the outer one fixes some points whatever the inner one does there.
static int find_two_gates(builder *b, uint64_t target, uint64_t mask) {
    for (int i = 0; i < b->c.nodes; i++) {
        uint64_t x = b->value[i];
        int inner = -1, outer = GATE_AND;
        if ((target & ~x & mask) == 0) {
            inner = find_gate(b, target, mask & x);
        } else if ((~target & x & mask) == 0) {
            outer = GATE_OR;
            inner = find_gate(b, target, mask & ~x);
        } else if ((target & x & mask) == 0) {
            int one = find_gate(b, target, mask & ~x);
            if (one >= 0) return add(b, GATE_ANDNOT, one, i);
        } else {
            outer = GATE_XOR;
            inner = find_gate(b, target ^ x, mask);
        }
        if (inner >= 0) return add(b, outer, inner, i);
    }
    return -1;
}

static int build(builder *b, uint64_t target, uint64_t mask, unsigned used);

// A multiplexer on an input bit: first ^ (second & bit), or with the halves exchanged.
static int build_split(builder *b, uint64_t target, uint64_t mask, unsigned used, int bit,
                       bool exchanged) {
    uint64_t half = exchanged ? ~b->value[bit] : b->value[bit];
    used |= 1u << bit;
    int first = build(b, target, mask & ~half, used);
    if (first < 0 || ((b->value[first] ^ target) & mask) == 0) return first;
    int second = build(b, target ^ b->value[first], mask & half, used);
    if (second < 0 || b->c.nodes + 2 > b->limit) return -1;
    int kept = add(b, exchanged ? GATE_ANDNOT : GATE_AND, second, bit);
    return add(b, GATE_XOR, first, kept);
}

// The node that agrees with `target` on `mask`; -1 if that takes the circuit past its limit.
static int build(builder *b, uint64_t target, uint64_t mask, unsigned used) {
    int found = find_node(b, target, mask);
    if (found < 0 && b->c.nodes + 1 <= b->limit) found = find_gate(b, target, mask);
    if (found < 0 && b->c.nodes + 2 <= b->limit) found = find_two_gates(b, target, mask);
    if (found >= 0 || b->c.nodes + 3 > b->limit) return found;
    builder best, next;
    best.c.nodes = 0;
    int limit = b->limit, top = -1;
    for (int i = 0; i < b->c.inputs; i++) {
        if (used >> b->split[i] & 1) continue;
        for (int exchanged = 0; exchanged < 2; exchanged++) {
            next = *b;
            next.limit = limit;
            int node = build_split(&next, target, mask, used, b->split[i], exchanged);
            if (node < 0) continue;
            best = next;
            top = node;
            limit = next.c.nodes - 1;
        }
        if (used == 0) break;
    }
    if (top < 0) return -1;
    best.limit = b->limit;
    *b = best;
    return top;
}

static void shuffle_splits(builder *b, chance *random) {
    for (int i = 0; i < b->c.inputs; i++)
        b->split[i] = i;
    chance_shuffle(random, b->split, b->c.inputs);
}

static uint64_t all_points(int inputs) {
    return inputs == 6 ? ~0ull : (1ull << (1 << inputs)) - 1;
}

void kwan_build(circuit *best, int inputs, int outputs, const uint64_t *target, int tries,
                chance *random) {
    best->nodes = MAX_NODES;
    for (int t = 0; t < tries; t++) {
        builder b = {.c = {.inputs = inputs, .nodes = inputs, .outputs = outputs}};
        int order[MAX_OUTPUTS], node = 0;
        circuit_points(inputs, 0, b.value);
        for (int i = 0; i < outputs; i++)
            order[i] = i;
        chance_shuffle(random, order, outputs);
        shuffle_splits(&b, random);
        b.limit = best->nodes - 1;
        for (int o = 0; o < outputs && node >= 0; o++) {
            node = build(&b, target[order[o]], all_points(inputs), 0);
            b.c.output[order[o]] = (uint8_t)node;
        }
        if (node >= 0) *best = b.c;
    }
}

// Copies the gates that the other outputs need.
static void strip(const circuit *c, const uint8_t *remade, builder *b) {
    bool needed[MAX_NODES] = {false};
    uint8_t moved[MAX_NODES] = {0};
    b->c = (circuit){.inputs = c->inputs, .nodes = c->inputs, .outputs = c->outputs};
    circuit_points(c->inputs, 0, b->value);
    for (int o = 0; o < c->outputs; o++)
        if (!remade[o]) needed[c->output[o]] = true;
    for (int i = c->nodes - 1; i >= c->inputs; i--)
        if (needed[i]) needed[c->node[i].a] = needed[c->node[i].b] = true;
    for (int i = 0; i < c->nodes; i++) {
        gate g = c->node[i];
        moved[i] = (uint8_t)i;
        if (i >= c->inputs && needed[i]) moved[i] = (uint8_t)add(b, g.kind, moved[g.a], moved[g.b]);
    }
    for (int o = 0; o < c->outputs; o++)
        b->c.output[o] = moved[c->output[o]];
}

void kwan_rebuild(circuit *c, const uint64_t *target, int holes, int tries, chance *random) {
    uint8_t remade[MAX_OUTPUTS] = {0};
    int order[MAX_OUTPUTS];
    builder base;
    circuit best = {.nodes = MAX_NODES};
    for (int i = 0; i < c->outputs; i++)
        order[i] = i;
    chance_shuffle(random, order, c->outputs);
    for (int i = 0; i < holes; i++)
        remade[order[i]] = 1;
    strip(c, remade, &base);
    for (int t = 0; t < tries; t++) {
        builder b = base;
        int node = 0;
        shuffle_splits(&b, random);
        b.limit = best.nodes - 1;
        for (int i = 0; i < holes && node >= 0; i++) {
            node = build(&b, target[order[i]], all_points(c->inputs), 0);
            b.c.output[order[i]] = (uint8_t)node;
        }
        if (node >= 0) best = b.c;
    }
    *c = best;
}
