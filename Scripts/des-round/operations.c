// The wiring of a round [FIPS 46-3, 3 and Appendix 1] around the circuits of the S-boxes.
#include "round.h"

#include <string.h>

static const target targets[] = {
    {.name = "avx512", .circuits = "ternary-s%d.txt", .registers = 32, .lanes = 512},
    {.name = "avx2", .circuits = "des_s%d.txt", .registers = 16, .lanes = 256}};

const target *target_named(const char *name) {
    for (int i = 0; i < 2; i++)
        if (strcmp(targets[i].name, name) == 0) return &targets[i];
    return NULL;
}

static const uint8_t expansion[BOXES][BOX_INPUTS] = {
    {32, 1, 2, 3, 4, 5},      {4, 5, 6, 7, 8, 9},       {8, 9, 10, 11, 12, 13},
    {12, 13, 14, 15, 16, 17}, {16, 17, 18, 19, 20, 21}, {20, 21, 22, 23, 24, 25},
    {24, 25, 26, 27, 28, 29}, {28, 29, 30, 31, 32, 1}};

static const uint8_t key_choice[BOXES][BOX_INPUTS] = {
    {14, 17, 11, 24, 1, 5},   {3, 28, 15, 6, 21, 10},   {23, 19, 12, 4, 26, 8},
    {16, 7, 27, 20, 13, 2},   {41, 52, 31, 37, 47, 55}, {30, 40, 51, 45, 33, 48},
    {44, 49, 39, 56, 34, 53}, {46, 42, 50, 36, 29, 32}};

// Where P sends the outputs of each S-box.
static const uint8_t permutation[BOXES][BOX_OUTPUTS] = {
    {9, 17, 23, 31}, {13, 28, 2, 18}, {24, 16, 30, 6}, {26, 20, 10, 1},
    {8, 14, 25, 3},  {4, 29, 11, 19}, {32, 12, 22, 7}, {5, 27, 15, 21}};

// The halves C and D are stored twice each.
static uint8_t key_plane(int bit) {
    return (uint8_t)(bit <= 28 ? bit - 1 : bit + 27);
}

static int add(operations *all, operation o) {
    for (int i = 0; i < o.sources; i++) {
        operation *source = &all->at[o.source[i]];
        source->user[source->users++] = (int16_t)all->count;
    }
    all->at[all->count] = o;
    return all->count++;
}

// A line of a circuit: "xor 2 4", "not 3 3", "ternary 1 3 6 0x6c", "output 19", "output xor 19" or
// "output ternary 15 19 0x69", where L is the first operand.
static bool parse(operation *o, const char *line) {
    static const struct {
        const char *name;
        uint8_t table;
    } two[] = {{"and", 0x8}, {"or", 0xE}, {"xor", 0x6}, {"andnot", 0x4}};
    char name[8] = "";
    int a = 0, b = 0, c = 0;
    unsigned table = 0;
    if (sscanf(line, "output xor %d", &a) == 1 || sscanf(line, "output %d", &a) == 1) {
        *o = (operation){.kind = OUTPUT, .table = 0x6, .sources = 1, .source = {(int16_t)a}};
    } else if (sscanf(line, "output ternary %d %d %x", &a, &b, &table) == 3) {
        *o = (operation){.kind = OUTPUT, .sources = 2, .source = {(int16_t)a, (int16_t)b}};
        for (unsigned point = 0; point < 8; point++) // from (L, a, b) to (a, b, L)
            o->table |= (table >> ((point & 1) << 2 | point >> 1) & 1) << point;
    } else if (sscanf(line, "ternary %d %d %d %x", &a, &b, &c, &table) == 4) {
        *o = (operation){.kind = GATE,
                         .table = (uint8_t)table,
                         .sources = 3,
                         .source = {(int16_t)a, (int16_t)b, (int16_t)c}};
    } else if (sscanf(line, "not %d", &a) == 1) {
        *o = (operation){.kind = GATE, .table = 0x1, .sources = 1, .source = {(int16_t)a}};
    } else if (sscanf(line, "%7s %d %d", name, &a, &b) == 3) {
        for (int i = 0; i < 4; i++)
            if (strcmp(name, two[i].name) == 0)
                *o = (operation){.kind = GATE,
                                 .table = two[i].table,
                                 .sources = 2,
                                 .source = {(int16_t)a, (int16_t)b}};
    }
    return o->sources != 0;
}

static bool read_box(operations *all, int box, FILE *file) {
    char line[128];
    int node[BOX_INPUTS + MAX_GATES], nodes = 0, outputs = 0;
    for (; nodes < BOX_INPUTS; nodes++)
        node[nodes] = add(all, (operation){.kind = INPUT,
                                           .box = (uint8_t)box,
                                           .index = (uint8_t)nodes,
                                           .plane = expansion[box][nodes] - 1,
                                           .key = key_plane(key_choice[box][nodes])});
    while (fgets(line, sizeof line, file)) {
        operation o = {0};
        if (strchr("#gi", line[0])) continue; // a comment or a count
        if (!parse(&o, line) || nodes == BOX_INPUTS + MAX_GATES || outputs == BOX_OUTPUTS)
            return false;
        for (int i = 0; i < o.sources; i++) {
            if (o.source[i] < 0 || o.source[i] >= nodes) return false;
            o.source[i] = (int16_t)node[o.source[i]];
        }
        o.box = (uint8_t)box;
        o.index = (uint8_t)(o.kind == OUTPUT ? outputs : nodes - BOX_INPUTS);
        if (o.kind == OUTPUT) o.plane = permutation[box][outputs++] - 1;
        const int number = add(all, o);
        if (o.kind == GATE) node[nodes++] = number;
    }
    return outputs == BOX_OUTPUTS;
}

bool operations_read(operations *all, const target *target, const char *directory) {
    all->target = target;
    all->count = 0;
    for (int box = 0; box < BOXES; box++) {
        char path[1024], name[64];
        snprintf(name, sizeof name, target->circuits, box + 1);
        snprintf(path, sizeof path, "%s/%s", directory, name);
        FILE *file = fopen(path, "r");
        const bool read = file && read_box(all, box, file);
        if (file) fclose(file);
        if (!read) {
            fprintf(stderr, "%s: not a circuit\n", path);
            return false;
        }
    }
    return true;
}
