#include "tower.h"

#include <string.h>

#include "kwan.h"
#include "linear.h"
#include "rewrite.h"
#include "tables.h"

// For x = h y^16 + l y over GF(16): x^-1 = x^16 / N with N = x^17, and x^16 only swaps h and l. N
// is quadratic in (h, l), hence a sum of the nine products of a Karatsuba multiplication h l and
// of inputs; x^-1 is a sum of the products of N^-1 by h and by l, on the same nine sums of bits.
// [Itoh, Tsujii 1988; Canright 2005, "A Very Compact S-Box for AES"]

static const int karatsuba[9] = {1, 2, 3, 4, 8, 12, 5, 10, 15};

typedef struct {
    uint8_t code[256], nibble[256]; // coordinates of an element, of an element of GF(16)
    column input[8], form[18], sum[4], output[8];
} plan;

static bool coordinates(const tower *t, uint8_t code[256], uint8_t nibble[256]) {
    uint8_t w = field_power(3, 85), conjugate = field_power(t->y, 16), basis[4];
    for (int i = 0; i < 4; i++)
        basis[i] = i & 1 ? field_multiply(t->z[i / 2], w) : t->z[i / 2];
    memset(code, 0, 256);
    for (int n = 1; n < 256; n++) {
        uint8_t h = 0, l = 0;
        for (int i = 0; i < 4; i++) {
            if (n >> (4 + i) & 1) h ^= basis[i];
            if (n >> i & 1) l ^= basis[i];
        }
        uint8_t x = field_multiply(h, conjugate) ^ field_multiply(l, t->y);
        if (x == 0 || code[x] != 0) return false;
        code[x] = (uint8_t)n;
        if (n < 16) nibble[l] = (uint8_t)n;
    }
    nibble[0] = 0;
    return true;
}

tower tower_random(chance *random) {
    uint8_t code[256], nibble[256];
    tower t;
    do {
        t.y = (uint8_t)(1 + chance_below(random, 255));
        for (int i = 0; i < 2; i++)
            t.z[i] = field_power(field_power(3, 17), chance_below(random, 15));
    } while (!coordinates(&t, code, nibble));
    return t;
}

static void set_bit(column *v, int point, int value) {
    v->word[point / 64] |= (uint64_t)(value & 1) << (point % 64);
}

// All signals as functions of the input byte.
static bool make_plan(const tower *t, bool inverse, plan *p) {
    uint8_t forward[256], backward[256];
    memset(p, 0, sizeof *p);
    if (!coordinates(t, p->code, p->nibble)) return false;
    aes_table(forward, backward);
    for (int point = 0; point < 256; point++) {
        int in = inverse ? point ^ 0x63 : point;
        uint8_t x = inverse ? field_power(backward[point], 254) : (uint8_t)point;
        int out = inverse ? backward[point] : forward[point] ^ 0x63;
        int norm = p->nibble[field_power(x, 17)];
        for (int i = 0; i < 8; i++) {
            set_bit(&p->input[i], point, in >> (7 - i));
            set_bit(&p->output[i], point, out >> (7 - i));
        }
        for (int i = 0; i < 9; i++) {
            set_bit(&p->form[i], point, __builtin_parity(p->code[x] >> 4 & karatsuba[i]));
            set_bit(&p->form[9 + i], point, __builtin_parity(p->code[x] & 15 & karatsuba[i]));
        }
        for (int i = 0; i < 4; i++)
            set_bit(&p->sum[i], point, norm >> i);
    }
    return true;
}

static column product(column a, column b) {
    for (int k = 0; k < 4; k++)
        a.word[k] &= b.word[k];
    return a;
}

// The nine sums of the bits of v = N^-1, from the bits of N.
static void invert_nibble(const plan *p, const int bits[4], int *form, circuit *c, chance *random) {
    uint64_t target[9] = {0};
    static circuit small;
    for (int x = 0; x < 256; x++) {
        // A point of the small circuit: its input 0, bit 0 of N, is the point's top bit.
        if (x != 0 && p->nibble[x] == 0) continue;
        int n = p->nibble[x], v = p->nibble[field_power((uint8_t)x, 254)], point = 0;
        for (int i = 0; i < 4; i++)
            point |= (n >> i & 1) << (3 - i);
        for (int i = 0; i < 9; i++)
            target[i] |= (uint64_t)__builtin_parity(v & karatsuba[i]) << point;
    }
    kwan_build(&small, 4, 9, target, 50, random);
    rewrite_64(&small, (circuit_price){.gate = 256, .level = 1}, 50000, 0.05, random);
    int at[MAX_NODES];
    for (int i = 0; i < 4; i++)
        at[i] = bits[i];
    for (int i = 4; i < small.nodes; i++) {
        gate g = small.node[i];
        at[i] = circuit_add(c, g.kind, at[g.a], at[g.b]);
    }
    for (int i = 0; i < 9; i++)
        form[i] = at[small.output[i]];
}

// Inputs to the 18 sums of (h, l) and the four bits of N.
static bool add_norm(const plan *p, circuit *c, const int *input, int *form, int *norm,
                     chance *random) {
    column signal[17];
    uint64_t set[22] = {0}, mixed[4];
    int node[13];
    memcpy(signal, p->input, sizeof p->input);
    for (int i = 0; i < 9; i++)
        signal[8 + i] = product(p->form[i], p->form[9 + i]);
    for (int i = 0; i < 18; i++)
        if (!linear_solve(signal, 8, p->form[i], &set[i])) return false;
    for (int i = 0; i < 4; i++) {
        if (!linear_solve(signal, 17, p->sum[i], &mixed[i])) return false;
        set[18 + i] = mixed[i] & 0xff;
        mixed[i] = mixed[i] >> 8 | (set[18 + i] ? 1ull << (9 + i) : 0);
    }
    linear_sums(c, input, 8, set, 22, form, random);
    for (int i = 0; i < 9; i++)
        node[i] = circuit_add(c, GATE_AND, form[i], form[9 + i]);
    for (int i = 0; i < 4; i++)
        node[9 + i] = form[18 + i];
    linear_sums(c, node, 13, mixed, 4, norm, random);
    return true;
}

static bool add_outputs(const plan *p, circuit *c, const int *form, const int *inverted,
                        int *output, chance *random) {
    column signal[18];
    uint64_t set[8];
    int node[18];
    for (int i = 0; i < 18; i++) {
        node[i] = circuit_add(c, GATE_AND, form[i], inverted[i % 9]);
        uint64_t value[4][MAX_NODES];
        for (int k = 0; k < 4; k++) {
            circuit_points(8, k, value[k]);
            circuit_evaluate(c, value[k]);
            signal[i].word[k] = value[k][node[i]];
        }
    }
    for (int o = 0; o < 8; o++)
        if (!linear_solve(signal, 18, p->output[o], &set[o])) return false;
    linear_sums(c, node, 18, set, 8, output, random);
    return true;
}

// The constant of the affine map: complements of inputs or of outputs.
static void complement(circuit *c, int node[8]) {
    for (int i = 0; i < 8; i++)
        if (0x63 >> (7 - i) & 1) node[i] = circuit_add(c, GATE_NOT, node[i], node[i]);
}

bool tower_circuit(const tower *t, bool inverse, circuit *c, chance *random) {
    static plan p;
    int input[8], form[22], norm[4], inverted[9], output[8];
    if (!make_plan(t, inverse, &p)) return false;
    *c = (circuit){.inputs = 8, .nodes = 8, .outputs = 8};
    for (int i = 0; i < 8; i++)
        input[i] = i;
    if (inverse) complement(c, input);
    if (!add_norm(&p, c, input, form, norm, random)) return false;
    invert_nibble(&p, norm, inverted, c, random);
    if (!add_outputs(&p, c, form, inverted, output, random)) return false;
    if (!inverse) complement(c, output);
    for (int o = 0; o < 8; o++)
        c->output[o] = (uint8_t)output[o];
    return true;
}
