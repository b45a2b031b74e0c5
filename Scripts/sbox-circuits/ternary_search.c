#include "ternary_search.h"

#include "anneal.h"
#include "kwan.h"

// A vector unit takes four operations of two inputs in the time of two ternary ones, or of three at
// best, as they read more registers; scheduled code hides most of a circuit's latency.
static const ternary_price price = {.two = 37, .three = 68, .latency = 1};

// A start of 6,000,000 proposals takes about 20 s, the anneals after it 1 s each.
enum { START_STEPS = 6000000, STEPS = 500000, PATIENCE = 8 };
static const double HOT = 60, COLD = 11;

static void from_two_inputs(ternary *c, const circuit *from) {
    static const uint8_t table[GATE_KINDS] = {0xc0, 0xfc, 0x3c, 0x30, 0x0f};
    uint8_t node[MAX_NODES];
    bool inverted[MAX_NODES] = {false};
    for (int i = 0; i < from->nodes; i++) {
        gate g = from->node[i];
        if (i < TERNARY_INPUTS) {
            node[i] = (uint8_t)i;
            continue;
        }
        lut l = {node[g.a], node[g.b], TERNARY_NONE, table[g.kind]};
        unsigned flips = 4u * inverted[g.a] | 2u * inverted[g.b];
        node[i] = (uint8_t)ternary_add(c, l, flips, &inverted[i]);
    }
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        c->output[o] = node[from->output[o]];
}

static void keep(const ternary *c, const char *folder, const char *name, int box) {
    static ternary saved;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    int cost = ternary_cost(c, &price);
    bool improves = !ternary_read(&saved, path, box) || cost < ternary_cost(&saved, &price);
    printf("%s: %d operations, latency %d%s\n", name, ternary_operations(c), ternary_latency(c),
           improves ? ", kept" : "");
    fflush(stdout);
    if (!improves) return;
    ternary_write(c, path, name);
    if (!ternary_read(&saved, path, box))
        fprintf(stderr, "sbox-circuits: %s: the search lost the function\n", name);
}

// Reheats the best circuit until some anneals on end have not made it cheaper.
static void improve(ternary *best, chance *random) {
    static ternary c;
    int least = ternary_cost(best, &price);
    for (int failures = 0; failures < PATIENCE; failures++) {
        c = *best;
        double heat = COLD + (HOT - COLD) * (20 + chance_below(random, 80)) / 100;
        anneal(&c, &price, STEPS, heat, COLD, random);
        int cost = ternary_cost(&c, &price);
        if (cost < least) failures = -1;
        if (cost <= least) *best = c;
        least = ternary_cost(best, &price);
    }
}

void ternary_search(const char *circuits, const char *name, int box, int rounds, chance *random) {
    static ternary c;
    static circuit start;
    for (int r = 0; r < rounds; r++) {
        ternary_start(&c, box);
        kwan_build(&start, TERNARY_INPUTS, TERNARY_OUTPUTS, c.target, 3, random);
        from_two_inputs(&c, &start);
        anneal(&c, &price, START_STEPS, HOT, COLD, random);
        improve(&c, random);
        keep(&c, circuits, name, box);
    }
}
