// Runs a program on 64 lanes, beside the S-boxes as FIPS 46-3 tabulates them.
#include "../sbox-circuits/chance.h"
#include "../sbox-circuits/tables.h"
#include "round.h"

#include <string.h>

typedef struct {
    uint64_t l[PLANES], r[PLANES], k[112];
} planes;

static uint64_t table_value(uint8_t table, int sources, const uint64_t *x) {
    uint64_t value = 0;
    for (int point = 0; point < 1 << sources; point++) {
        uint64_t here = -(uint64_t)(table >> point & 1);
        for (int k = 0; k < sources; k++)
            here &= point >> (sources - 1 - k) & 1 ? x[k] : ~x[k];
        value |= here;
    }
    return value;
}

static void run(const program *p, planes *on) {
    uint64_t reg[MAX_REGISTERS] = {0};
    for (int n = 0; n < p->count; n++) {
        const instruction *i = &p->at[n];
        uint64_t x[4] = {0};
        for (int k = 0; k < i->sources; k++)
            x[k] = reg[i->from[k]];
        switch (i->code) {
        case LOAD:
            reg[i->to] = on->r[i->plane];
            break;
        case MOVE:
            reg[i->to] = x[0];
            break;
        case STORE:
            on->l[i->plane] = x[0];
            break;
        case XOR_KEY:
            reg[i->to] = x[0] ^ on->k[i->plane];
            break;
        case XOR_LEFT:
            reg[i->to] = x[0] ^ on->l[i->plane];
            break;
        case NOT:
            reg[i->to] = ~x[0];
            break;
        case TWO:
            reg[i->to] = table_value(i->table, 2, x);
            break;
        case TERNARY_LEFT:
            x[2] = on->l[i->plane]; // fall through
        case TERNARY:
            reg[i->to] = table_value(i->table, 3, x);
            break;
        default:
            break;
        }
    }
}

// As the standard says it, lane by lane.
static void expect(const operations *all, planes *on) {
    uint64_t *out[BOXES][BOX_OUTPUTS];
    uint8_t input[BOXES][64] = {{0}}, table[64];
    for (int n = 0; n < all->count; n++) {
        const operation *o = &all->at[n];
        if (o->kind == OUTPUT) out[o->box][o->index] = &on->l[o->plane];
        for (int lane = 0; o->kind == INPUT && lane < 64; lane++)
            input[o->box][lane] |=
                (uint8_t)(((on->r[o->plane] ^ on->k[o->key]) >> lane & 1) << (5 - o->index));
    }
    for (int box = 0; box < BOXES; box++) {
        des_table(box + 1, table);
        for (int bit = 0; bit < BOX_OUTPUTS; bit++)
            for (int lane = 0; lane < 64; lane++)
                *out[box][bit] ^= (uint64_t)(table[input[box][lane]] >> (3 - bit) & 1) << lane;
    }
}

bool program_is_right(const program *p, const operations *all) {
    chance random = {1};
    for (int trial = 0; trial < 100; trial++) {
        planes actual, expected;
        for (size_t i = 0; i < sizeof actual / 8; i++)
            ((uint64_t *)&actual)[i] = chance_next(&random);
        expected = actual;
        run(p, &actual);
        expect(all, &expected);
        if (memcmp(&actual, &expected, sizeof actual) != 0) return false;
    }
    return true;
}
