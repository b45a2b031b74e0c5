#include "search.h"

#include <string.h>

#include "kwan.h"
#include "rewrite.h"
#include "tables.h"
#include "ternary_search.h"
#include "tower.h"

// A round of 100,000 proposals takes about 0.1 s; a walk that has not come far in 130 of them
// rarely does.
enum { ROUNDS_PER_START = 130, PROPOSALS = 100000, ROUNDS_PER_POLISH = 10 };
enum { TOWERS_PER_START = 20, AES_PROPOSALS = 600000 };
static const double HEAT = 0.015, AES_HEAT = 0.005;

// A DES round on 256 lanes of Zen 5 takes a quarter of a cycle for a gate and about as much for a
// level of one S-box; general registers without BMI, which the portable backend's lanes were in
// then, take two instructions for an and-not. For AES depth breaks ties.
static const circuit_price des_price = {.gate = 4, .level = 3, .andnot = 1};
static const circuit_price aes_price = {.gate = 256, .level = 1};

static bool better(const circuit *a, const circuit *b, circuit_price price) {
    return circuit_cost(a, price) < circuit_cost(b, price);
}

static void keep(const circuit *c, circuit_price price, const char *folder, const char *name,
                 const uint8_t *table) {
    static circuit saved;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    if (!circuit_computes(c, table)) {
        fprintf(stderr, "sbox-circuits: %s: the search lost the function\n", name);
        return;
    }
    bool improves =
        !circuit_read(&saved, path) || !circuit_computes(&saved, table) || better(c, &saved, price);
    printf("%s: %d gates, depth %d%s\n", name, circuit_gates(c), circuit_depth(c),
           improves ? ", kept" : "");
    fflush(stdout);
    if (improves) circuit_write(c, path, name);
}

// One start of its own, then holes of one or two outputs, each remade and shrunk; as good as
// before is good enough, and one gate more now and then.
// [Lourenco, Martin, Stützle 2003, "Iterated Local Search"]
static void improve_des(circuit *best, const uint64_t *target, int rounds, chance *random) {
    static circuit now, next;
    best->nodes = MAX_NODES;
    for (int r = 0; r < rounds; r++) {
        if (r % ROUNDS_PER_START == 0) {
            kwan_build(&now, 6, 4, target, 10, random);
            rewrite_64(&now, des_price, 3 * PROPOSALS, HEAT, random);
        }
        next = now;
        int holes = chance_below(random, 4) == 0 ? 2 : 1;
        kwan_rebuild(&next, target, holes, 4, random);
        rewrite_64(&next, des_price, PROPOSALS, HEAT, random);
        int slack = chance_below(random, 16) == 0 ? des_price.gate : 0;
        if (circuit_cost(&next, des_price) <= circuit_cost(&now, des_price) + slack) now = next;
        if (better(&now, best, des_price)) *best = now;
    }
}

// Hot walks from the best circuit, which find shallower ones.
static void polish_des(circuit *best, int rounds, chance *random) {
    static circuit c;
    for (int r = 0; r < rounds; r += ROUNDS_PER_POLISH) {
        c = *best;
        rewrite_64(&c, des_price, 3 * PROPOSALS, 0.2 + 0.004 * chance_below(random, 100), random);
        if (!better(best, &c, des_price)) *best = c;
    }
}

static void search_des(const char *folder, const char *name, int box, int rounds, chance *random) {
    static circuit best;
    uint8_t table[64];
    uint64_t target[4] = {0};
    des_table(box, table);
    for (int x = 0; x < 64; x++)
        for (int o = 0; o < 4; o++)
            target[o] |= (uint64_t)(table[x] >> (3 - o) & 1) << x;
    improve_des(&best, target, rounds, random);
    polish_des(&best, rounds, random);
    keep(&best, des_price, folder, name, table);
}

static void search_aes(const char *folder, const char *name, bool inverse, int rounds,
                       chance *random) {
    static circuit best, start, c;
    uint8_t forward[256], backward[256];
    aes_table(forward, backward);
    best.nodes = MAX_NODES;
    for (int done = 0; done < rounds; done += ROUNDS_PER_START) {
        start.nodes = MAX_NODES;
        for (int i = 0; i < TOWERS_PER_START; i++) {
            tower t = tower_random(random);
            if (tower_circuit(&t, inverse, &c, random) && c.nodes < start.nodes) start = c;
        }
        rewrite_256(&start, aes_price, AES_PROPOSALS, AES_HEAT, random);
        if (better(&start, &best, aes_price)) best = start;
    }
    keep(&best, aes_price, folder, name, inverse ? backward : forward);
}

static void search_box(const char *circuits, const char *name, int n, int rounds, chance *random) {
    if (n < 8)
        search_des(circuits, name, n + 1, rounds, random);
    else if (n < 10)
        search_aes(circuits, name, n == 9, rounds, random);
    else
        ternary_search(circuits, name, n - 9, rounds, random);
}

void search(const char *circuits, uint64_t seed, int rounds, const char *only) {
    for (int n = 0; n < 18; n++) {
        char name[24];
        snprintf(name, sizeof name, n < 8 ? "des_s%d" : "ternary-s%d", n < 8 ? n + 1 : n - 9);
        if (n == 8 || n == 9) strcpy(name, n == 8 ? "aes_sbox" : "aes_inverse_sbox");
        if (only && strcmp(only, name) != 0) continue;
        // The sequences of the ternary boxes run down from the top, apart from the others.
        uint64_t sequence = seed * 16 + (uint64_t)(n < 10 ? n : n - 10);
        chance random = {n < 10 ? sequence : ~sequence};
        search_box(circuits, name, n, rounds, &random);
    }
}
