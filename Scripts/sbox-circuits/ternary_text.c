#include "ternary.h"

#include <string.h>

// # ternary-s1: ...
// gates 27
// xor 0 3                 a ^ b of nodes 0 and 3; the first gate is node 6
// andnot 6 2              a & ~b
// ternary 1 6 7 0x96      bit 4a + 2b + c of the table, the immediate operand of vpternlog
// output xor 12           L ^= node 12
// output ternary 8 9 0x5a L = table of (L, a, b), with L as the first operand
//
// The four outputs are in order, most significant bit first; each line is one operation on the
// plane that the output is XORed into.

static const struct {
    const char *name;
    uint8_t table;
} binary[] = {{"and", 0xc0}, {"or", 0xfc}, {"xor", 0x3c}, {"andnot", 0x30}, {"andnot", 0x0c}};

enum { BINARIES = sizeof binary / sizeof binary[0] };

typedef struct {
    const ternary *c;
    uint8_t uses[TERNARY_NONE + 1], number[TERNARY_NONE + 1];
    FILE *file;
} writer;

// The table of a gate as the outputs want it: complemented if that spares an operation.
static uint8_t final_table(const writer *w, int output) {
    const ternary *c = w->c;
    uint8_t table = c->node[c->output[output]].table;
    return c->target[output] & 1 ? (uint8_t)~table : table;
}

static void write_gate(const writer *w, int node) {
    lut g = w->c->node[node];
    uint8_t a = w->number[g.a], b = w->number[g.b];
    if (!ternary_is_binary(&g)) {
        for (int o = 0; o < TERNARY_OUTPUTS; o++)
            if (w->c->output[o] == node && w->uses[node] == 1) g.table = final_table(w, o);
        fprintf(w->file, "ternary %d %d %d 0x%02x\n", a, b, w->number[g.c], g.table);
        return;
    }
    int kind = 0;
    while (binary[kind].table != g.table)
        kind++;
    bool exchanged = g.table == 0x0c;
    fprintf(w->file, "%s %d %d\n", binary[kind].name, exchanged ? b : a, exchanged ? a : b);
}

static void write_output(const writer *w, int o) {
    const ternary *c = w->c;
    int node = c->output[o];
    lut g = c->node[node];
    if (ternary_folds(c, o, w->uses)) {
        // Without c the table is over (a, b) as bits 7, 5, 3, 1; L complements it.
        unsigned t = final_table(w, o),
                 f = (t >> 4 & 8) | (t >> 3 & 4) | (t >> 2 & 2) | (t >> 1 & 1);
        fprintf(w->file, "output ternary %d %d 0x%02x\n", w->number[g.a], w->number[g.b],
                (~f & 15) << 4 | f);
    } else if (ternary_complements(c, o, w->uses)) {
        fprintf(w->file, "output ternary %d %d 0xc3\n", w->number[node], w->number[node]);
    } else {
        fprintf(w->file, "output xor %d\n", w->number[node]);
    }
}

bool ternary_write(const ternary *c, const char *path, const char *name) {
    char temporary[512];
    writer w = {.c = c};
    int folded = 0, next = TERNARY_INPUTS;
    snprintf(temporary, sizeof temporary, "%s.new", path);
    w.file = fopen(temporary, "w");
    if (!w.file) return false;
    ternary_count_uses(c, w.uses);
    bool apart[TERNARY_NONE] = {false};
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        if (ternary_folds(c, o, w.uses)) apart[c->output[o]] = true, folded++;
    fprintf(w.file, "# %s: %d operations, latency %d\ngates %d\n", name, ternary_operations(c),
            ternary_latency(c), c->nodes - TERNARY_INPUTS - folded);
    for (int i = 0; i < c->nodes; i++) {
        if (apart[i]) continue;
        w.number[i] = (uint8_t)(i < TERNARY_INPUTS ? i : next++);
        if (i >= TERNARY_INPUTS) write_gate(&w, i);
    }
    for (int o = 0; o < TERNARY_OUTPUTS; o++)
        write_output(&w, o);
    return fclose(w.file) == 0 && rename(temporary, path) == 0;
}

typedef struct {
    ternary *c;
    FILE *file;
    int nodes;
    uint64_t value[TERNARY_NONE]; // as the text computes it
    uint8_t node[TERNARY_NONE];   // of the circuit, or its complement
    bool inverted[TERNARY_NONE];
} reader;

static bool read_operands(const reader *r, int *operand, int count) {
    for (int i = 0; i < count; i++)
        if (fscanf(r->file, "%d", &operand[i]) != 1 || operand[i] < 0 || operand[i] >= r->nodes)
            return false;
    return true;
}

static void add_gate(reader *r, const int *operand, int count, unsigned table) {
    uint8_t node[3] = {TERNARY_NONE, TERNARY_NONE, TERNARY_NONE};
    uint64_t value[3] = {0};
    unsigned flips = 0;
    for (int i = 0; i < count; i++) {
        node[i] = r->node[operand[i]];
        value[i] = r->value[operand[i]];
        flips |= (unsigned)r->inverted[operand[i]] << (2 - i);
    }
    lut g = {node[0], node[1], node[2], (uint8_t)table};
    r->value[r->nodes] = lut_apply(g.table, value[0], value[1], value[2]);
    r->node[r->nodes] = (uint8_t)ternary_add(r->c, g, flips, &r->inverted[r->nodes]);
    r->nodes++;
}

static bool read_gate(reader *r) {
    char name[8];
    int operand[3], count = 2, kind = 0;
    unsigned table;
    if (fscanf(r->file, "%7s", name) != 1) return false;
    while (kind < BINARIES && strcmp(name, binary[kind].name) != 0)
        kind++;
    if (kind < BINARIES)
        table = binary[kind].table;
    else if (strcmp(name, "ternary") == 0)
        count = 3;
    else
        return false;
    if (!read_operands(r, operand, count)) return false;
    if (count == 3 && (fscanf(r->file, "%x", &table) != 1 || table > 0xff)) return false;
    add_gate(r, operand, count, table);
    return true;
}

// Whether the operation gives L ^ target, for L of zeros and of ones.
static bool read_output(reader *r, int o) {
    char name[8];
    int operand[2];
    unsigned table = 0x5a; // L ^ b
    if (fscanf(r->file, " output %7s", name) != 1) return false;
    bool plain = strcmp(name, "xor") == 0;
    if (!read_operands(r, operand, plain ? 1 : 2)) return false;
    if (plain) operand[1] = operand[0];
    if (!plain && (fscanf(r->file, "%x", &table) != 1 || table > 0xff)) return false;
    uint64_t a = r->value[operand[0]], b = r->value[operand[1]], target = r->c->target[o];
    if (lut_apply((uint8_t)table, 0, a, b) != target) return false;
    if (lut_apply((uint8_t)table, ~0ull, a, b) != ~target) return false;
    // Without L, as a gate of two inputs: its table in the places of c = 0 and of c = 1.
    unsigned f = (table & 1) | (table & 2) << 1 | (table & 4) << 2 | (table & 8) << 3;
    add_gate(r, operand, 2, f | f << 1);
    r->c->output[o] = r->node[r->nodes - 1];
    return true;
}

bool ternary_read(ternary *c, const char *path, int box) {
    reader r = {.c = c, .nodes = TERNARY_INPUTS, .file = fopen(path, "r")};
    int gates = 0;
    if (!r.file) return false;
    ternary_start(c, box);
    for (int i = 0; i < TERNARY_INPUTS; i++) {
        r.node[i] = (uint8_t)i;
        r.value[i] = c->value[i];
    }
    bool good = fscanf(r.file, "# %*[^\n] gates %d", &gates) == 1 && gates >= 0 && gates <= 80;
    for (; good && gates > 0; gates--)
        good = read_gate(&r);
    for (int o = 0; good && o < TERNARY_OUTPUTS; o++)
        good = read_output(&r, o);
    fclose(r.file);
    return good;
}
