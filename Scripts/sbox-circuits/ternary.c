#include "ternary.h"

#include <string.h>

#include "circuit.h"
#include "tables.h"

// The sum of products of operands without complements that the table stands for.
uint64_t lut_apply(uint8_t table, uint64_t a, uint64_t b, uint64_t c) {
    unsigned t = table;
    t ^= (t & 0x55) << 1;
    t ^= (t & 0x33) << 2;
    t ^= (t & 0x0f) << 4;
    uint64_t bc = b & c;
    uint64_t sum = -(uint64_t)(t & 1) ^ (c & -(uint64_t)(t >> 1 & 1)) ^
                   (b & -(uint64_t)(t >> 2 & 1)) ^ (bc & -(uint64_t)(t >> 3 & 1));
    uint64_t rest = -(uint64_t)(t >> 4 & 1) ^ (c & -(uint64_t)(t >> 5 & 1)) ^
                    (b & -(uint64_t)(t >> 6 & 1)) ^ (bc & -(uint64_t)(t >> 7 & 1));
    return sum ^ (a & rest);
}

void ternary_start(ternary *c, int box) {
    uint8_t table[64];
    memset(c, 0, sizeof *c);
    c->nodes = TERNARY_INPUTS;
    circuit_points(TERNARY_INPUTS, 0, c->value);
    des_table(box, table);
    for (int x = 0; x < 64; x++)
        for (int o = 0; o < TERNARY_OUTPUTS; o++)
            c->target[o] |= (uint64_t)(table[x] >> (TERNARY_OUTPUTS - 1 - o) & 1) << x;
}

static uint8_t complement_operands(uint8_t table, unsigned flips) {
    unsigned t = table;
    if (flips & 4) t = t >> 4 | t << 4;
    if (flips & 2) t = (t >> 2 & 0x33) | (t & 0x33) << 2;
    if (flips & 1) t = (t >> 1 & 0x55) | (t & 0x55) << 1;
    return (uint8_t)t;
}

// The table on other operands, as many as `count`; an operand that is not among them is taken as 0.
static lut rearrange(lut g, const uint8_t *operand, int count) {
    static const uint8_t axis[3] = {0xf0, 0xcc, 0xaa};
    const uint8_t from[3] = {g.a, g.b, g.c};
    uint8_t to[3] = {TERNARY_NONE, TERNARY_NONE, TERNARY_NONE}, value[3] = {0};
    for (int k = 0; k < count; k++) {
        to[k] = operand[k];
        for (int i = 0; i < 3; i++)
            if (from[i] == operand[k]) value[i] = axis[k];
    }
    return (lut){to[0], to[1], to[2], (uint8_t)lut_apply(g.table, value[0], value[1], value[2])};
}

// Operands in order, each once and only if the function depends on it.
static lut canonical(lut g) {
    uint8_t sorted[3] = {g.a, g.b, g.c}, distinct[3];
    int count = 0, needed = 0;
    for (int i = 1; i < 3; i++)
        for (int j = i; j > 0 && sorted[j] < sorted[j - 1]; j--) {
            uint8_t kept = sorted[j];
            sorted[j] = sorted[j - 1];
            sorted[j - 1] = kept;
        }
    for (int i = 0; i < 3; i++)
        if (sorted[i] != TERNARY_NONE && (i == 0 || sorted[i] != sorted[i - 1]))
            distinct[count++] = sorted[i];
    lut h = rearrange(g, distinct, count);
    const uint8_t varies[3] = {(h.table ^ h.table >> 4) & 0x0f, (h.table ^ h.table >> 2) & 0x33,
                               (h.table ^ h.table >> 1) & 0x55};
    for (int i = 0; i < count; i++)
        if (varies[i]) distinct[needed++] = distinct[i];
    return needed == count ? h : rearrange(h, distinct, needed);
}

int ternary_add(ternary *c, lut gate, unsigned flips, bool *inverted) {
    lut g = canonical((lut){gate.a, gate.b, gate.c, complement_operands(gate.table, flips)});
    *inverted = g.table & 1;
    if (*inverted) g.table = (uint8_t)~g.table;
    uint64_t value = lut_apply(g.table, c->value[g.a], c->value[g.b], c->value[g.c]);
    if (value == 0) return TERNARY_NONE;
    for (int i = 0; i < c->nodes; i++)
        if (c->value[i] == value) return i;
    c->node[c->nodes] = g;
    c->value[c->nodes] = value;
    return c->nodes++;
}

bool ternary_folds(const ternary *c, int output, const uint8_t *uses) {
    int node = c->output[output];
    return node >= TERNARY_INPUTS && ternary_is_binary(&c->node[node]) && uses[node] == 1;
}

void ternary_count_uses(const ternary *c, uint8_t *uses) {
    memset(uses, 0, TERNARY_NONE + 1);
    for (int i = TERNARY_INPUTS; i < c->nodes; i++) {
        uses[c->node[i].a]++;
        uses[c->node[i].b]++;
        uses[c->node[i].c]++;
    }
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        uses[c->output[o]]++;
}

bool ternary_complements(const ternary *c, int output, const uint8_t *uses) {
    int node = c->output[output];
    bool alone = node >= TERNARY_INPUTS && uses[node] == 1;
    return (c->target[output] & 1) && !alone;
}

int ternary_operations(const ternary *c) {
    uint8_t uses[TERNARY_NONE + 1];
    int operations = c->nodes - TERNARY_INPUTS + TERNARY_OUTPUTS;
    ternary_count_uses(c, uses);
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        operations -= ternary_folds(c, o, uses);
    return operations;
}

static int later(int a, int b) {
    return a > b ? a : b;
}

// Cycles from the inputs: 2 for a gate of two inputs, 3 for one of three.
int ternary_latency(const ternary *c) {
    int ready[TERNARY_NONE + 1] = {0}, last = 0;
    uint8_t uses[TERNARY_NONE + 1];
    ternary_count_uses(c, uses);
    for (int i = TERNARY_INPUTS; i < c->nodes; i++) {
        const lut *g = &c->node[i];
        ready[i] = later(ready[g->a], later(ready[g->b], ready[g->c]));
        ready[i] += ternary_is_binary(g) ? 2 : 3;
    }
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        last = later(last, ready[c->output[o]] + (ternary_folds(c, o, uses) ? 1 : 2));
    return last;
}

int ternary_cost(const ternary *c, const ternary_price *price) {
    uint8_t uses[TERNARY_NONE + 1];
    int cost = price->latency * ternary_latency(c);
    ternary_count_uses(c, uses);
    for (int i = TERNARY_INPUTS; i < c->nodes; i++)
        cost += ternary_is_binary(&c->node[i]) ? price->two : price->three;
    for (int o = 0; o < TERNARY_OUTPUTS; o++) {
        if (ternary_folds(c, o, uses))
            cost += price->three - price->two;
        else
            cost += ternary_complements(c, o, uses) ? price->three : price->two;
    }
    return cost;
}
