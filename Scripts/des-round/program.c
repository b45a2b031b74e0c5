// From a schedule to instructions and their registers.
#include "round.h"

#include <string.h>

static instruction *put(program *p, opcode code, int value, int plane) {
    instruction *i = &p->at[p->count++];
    *i = (instruction){.code = (uint8_t)code, .value = (int16_t)value, .plane = (uint8_t)plane};
    return i;
}

typedef struct {
    int16_t held[PLANES]; // the value of a plane of R that was kept, or -1
    uint8_t loads[PLANES];
    int16_t last[MAX_OPERATIONS]; // the position of the last use of a result
} state;

static void put_input(program *p, state *now, const operation *o, int number, bool keep) {
    int16_t value = now->held[o->plane];
    if (value < 0) {
        value = (int16_t)(MAX_OPERATIONS + PLANES * now->loads[o->plane]++ + o->plane);
        put(p, LOAD, value, o->plane);
    }
    now->held[o->plane] = keep ? value : -1;
    instruction *i = put(p, XOR_KEY, number, o->key);
    i->sources = 1;
    i->source[0] = value;
}

static uint8_t permuted(uint8_t table, const uint8_t from[3]) {
    uint8_t result = 0;
    for (int point = 0; point < 8; point++) {
        int original = 0;
        for (int i = 0; i < 3; i++)
            original |= (point >> (2 - i) & 1) << (2 - from[i]);
        result |= (uint8_t)((table >> original & 1) << point);
    }
    return result;
}

static void put_ternary(program *p, const operation *o, int number, int over, bool dies) {
    if (!dies) {
        instruction *move = put(p, MOVE, number, 0);
        move->sources = 1;
        move->source[0] = o->source[over];
    }
    instruction *i = put(p, o->kind == GATE ? TERNARY : TERNARY_LEFT, number, o->plane);
    if (o->sources == 1) { // L XOR NOT source
        i->sources = 2;
        i->source[0] = i->source[1] = o->source[0];
        i->table = 0x99;
        return;
    }
    uint8_t from[3] = {(uint8_t)over, 0, 2};
    for (int k = 0, to = 1; k < o->sources; k++)
        if (k != over) from[to++] = (uint8_t)k;
    i->sources = o->sources;
    for (int k = 0; k < o->sources; k++)
        i->source[k] = o->source[from[k]];
    i->table = permuted(o->table, from);
}

static void put_operation(program *p, const operation *o, int number, int over, bool dies) {
    const bool gate = o->kind == GATE;
    if (o->sources > (gate ? 2 : 1) || o->table == 0x9) {
        put_ternary(p, o, number, over, dies);
    } else {
        const opcode code = !gate ? XOR_LEFT : o->sources == 1 ? NOT : TWO;
        instruction *i = put(p, code, number, o->plane);
        i->table = o->table;
        i->sources = o->sources;
        memcpy(i->source, o->source, sizeof i->source);
        if (code == TWO && o->table == 0x4) { // a AND NOT b
            i->table = 0x2;
            i->source[0] = o->source[1];
            i->source[1] = o->source[0];
        }
    }
    if (o->kind == OUTPUT) {
        instruction *store = put(p, STORE, -1, o->plane);
        store->sources = 1;
        store->source[0] = (int16_t)number;
    }
}

static bool overwrites(const instruction *i) {
    return i->code == TERNARY || i->code == TERNARY_LEFT;
}

// Registers are taken in order of their numbers, when a value is made, and free after its last use.
static bool assign_registers(program *p) {
    int16_t last[MAX_VALUES];
    int8_t place[MAX_VALUES];
    for (int n = 0; n < p->count; n++)
        for (int k = 0; k < p->at[n].sources; k++)
            last[p->at[n].source[k]] = (int16_t)n;
    uint32_t unused = (uint32_t)((1ull << p->target->registers) - 1);
    for (int n = 0; n < p->count; n++) {
        instruction *i = &p->at[n];
        const bool moved = overwrites(i) && p->at[n - 1].code == MOVE;
        for (int k = 0; k < i->sources; k++)
            i->from[k] = place[i->source[k]];
        if (moved) i->from[0] = place[i->value];
        for (int k = 0; k < i->sources; k++)
            if (last[i->source[k]] == n && !(moved && k == 0)) unused |= 1u << i->from[k];
        if (i->code == STORE) continue;
        if (unused == 0) return false;
        i->to = overwrites(i) ? i->from[0] : (int8_t)__builtin_ctz(unused);
        unused &= ~(1u << i->to);
        place[i->value] = i->to;
    }
    return true;
}

bool program_make(program *p, const operations *all, const schedule *s) {
    state now = {.loads = {0}};
    memset(now.held, -1, sizeof now.held);
    for (int at = 0; at < all->count; at++)
        for (int k = 0; k < all->at[s->order[at]].sources; k++)
            now.last[all->at[s->order[at]].source[k]] = (int16_t)at;
    p->target = all->target;
    p->count = 0;
    for (int at = 0; at < all->count; at++) {
        const int number = s->order[at];
        const operation *o = &all->at[number];
        if (o->kind == INPUT) {
            put_input(p, &now, o, number, s->keep[number]);
        } else {
            const int over = s->over[number];
            put_operation(p, o, number, over, now.last[o->source[over]] == at);
        }
    }
    return assign_registers(p);
}

int program_count(const program *p, opcode code) {
    int count = 0;
    for (int n = 0; n < p->count; n++)
        count += p->at[n].code == code;
    return count;
}
