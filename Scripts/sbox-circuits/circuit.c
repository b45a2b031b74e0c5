#include "circuit.h"

#include <string.h>

const char *const gate_names[GATE_KINDS] = {"and", "or", "xor", "andnot", "not"};

int circuit_add(circuit *c, int kind, int a, int b) {
    c->node[c->nodes] = (gate){(uint8_t)kind, (uint8_t)a, (uint8_t)b};
    return c->nodes++;
}

int circuit_depth(const circuit *c) {
    int depth[MAX_NODES] = {0}, most = 0;
    for (int i = c->inputs; i < c->nodes; i++) {
        int a = depth[c->node[i].a], b = depth[c->node[i].b];
        depth[i] = 1 + (a > b ? a : b);
    }
    for (int o = 0; o < c->outputs; o++)
        if (depth[c->output[o]] > most) most = depth[c->output[o]];
    return most;
}

int circuit_cost(const circuit *c, circuit_price price) {
    int andnots = 0;
    for (int i = c->inputs; i < c->nodes; i++)
        andnots += c->node[i].kind == GATE_ANDNOT;
    return price.gate * circuit_gates(c) + price.level * circuit_depth(c) + price.andnot * andnots;
}

void circuit_evaluate(const circuit *c, uint64_t *value) {
    for (int i = c->inputs; i < c->nodes; i++)
        value[i] = gate_apply(c->node[i].kind, value[c->node[i].a], value[c->node[i].b]);
}

void circuit_points(int inputs, int word, uint64_t *value) {
    for (int i = 0; i < inputs; i++) {
        value[i] = 0;
        for (int p = 0; p < 64; p++)
            value[i] |= (uint64_t)((64 * word + p) >> (inputs - 1 - i) & 1) << p;
    }
}

bool circuit_computes(const circuit *c, const uint8_t *table) {
    uint64_t value[MAX_NODES];
    int points = 1 << c->inputs;
    for (int x = 0; x < points; x++) {
        if (x % 64 == 0) {
            circuit_points(c->inputs, x / 64, value);
            circuit_evaluate(c, value);
        }
        for (int o = 0; o < c->outputs; o++) {
            int want = table[x] >> (c->outputs - 1 - o) & 1;
            if ((int)(value[c->output[o]] >> (x % 64) & 1) != want) return false;
        }
    }
    return true;
}

static int kind_named(const char *name) {
    for (int k = 0; k < GATE_KINDS; k++)
        if (strcmp(name, gate_names[k]) == 0) return k;
    return -1;
}

static bool read_body(circuit *c, FILE *file) {
    int gates, a, b;
    char name[8];
    if (fscanf(file, "# %*[^\n] inputs %d gates %d outputs %d", &c->inputs, &gates, &c->outputs) !=
        3)
        return false;
    if (c->inputs < 1 || c->inputs > 8 || gates < 0 || c->inputs + gates > MAX_NODES) return false;
    if (c->outputs < 1 || c->outputs > MAX_OUTPUTS) return false;
    for (c->nodes = c->inputs; gates > 0; gates--) {
        if (fscanf(file, "%7s %d %d", name, &a, &b) != 3 || kind_named(name) < 0) return false;
        if (a < 0 || b < 0 || a >= c->nodes || b >= c->nodes) return false;
        circuit_add(c, kind_named(name), a, b);
    }
    for (int o = 0; o < c->outputs; o++) {
        if (fscanf(file, " output %d", &a) != 1 || a < 0 || a >= c->nodes) return false;
        c->output[o] = (uint8_t)a;
    }
    return true;
}

bool circuit_read(circuit *c, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return false;
    memset(c, 0, sizeof *c);
    bool good = read_body(c, file);
    fclose(file);
    return good;
}

bool circuit_write(const circuit *c, const char *path, const char *title) {
    char temporary[512];
    snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *file = fopen(temporary, "w");
    if (!file) return false;
    fprintf(file, "# %s\ninputs %d gates %d outputs %d\n", title, c->inputs, circuit_gates(c),
            c->outputs);
    for (int i = c->inputs; i < c->nodes; i++)
        fprintf(file, "%s %d %d\n", gate_names[c->node[i].kind], c->node[i].a, c->node[i].b);
    for (int o = 0; o < c->outputs; o++)
        fprintf(file, "output %d\n", c->output[o]);
    return fclose(file) == 0 && rename(temporary, path) == 0;
}
