// sbox-circuits emit CIRCUITS KERNEL                  verify the saved circuits, write the headers
// sbox-circuits search CIRCUITS SEED ROUNDS [NAME]    search anew, keep improvements
#include <stdlib.h>
#include <string.h>

#include "emit.h"
#include "search.h"
#include "tables.h"
#include "ternary.h"

static void fail(const char *what, const char *path) {
    fprintf(stderr, "sbox-circuits: %s: %s\n", path, what);
    exit(1);
}

static void read_verified(circuit *c, const char *folder, const char *name, int inputs,
                          const uint8_t *table) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    if (!circuit_read(c, path)) fail("not a circuit", path);
    if (c->inputs != inputs || c->outputs != (inputs == 6 ? 4 : 8)) fail("wrong shape", path);
    if (!circuit_computes(c, table)) fail("does not compute its S-box", path);
}

static void verify_ternary(const char *folder) {
    static ternary c;
    char path[512];
    for (int box = 1; box <= 8; box++) {
        snprintf(path, sizeof path, "%s/ternary-s%d.txt", folder, box);
        if (!ternary_read(&c, path, box)) fail("not a ternary circuit of its S-box", path);
    }
}

static FILE *create(const char *folder, const char *name, char path[static 512]) {
    snprintf(path, 512, "%s/%s.new", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) fail("cannot write", path);
    return file;
}

static void finish(FILE *file, const char *temporary) {
    char path[512];
    snprintf(path, sizeof path, "%.*s", (int)strlen(temporary) - 4, temporary);
    if (fclose(file) != 0 || rename(temporary, path) != 0) fail("cannot write", path);
}

static void emit(const char *circuits, const char *kernel) {
    static circuit box[8], forward, inverse;
    uint8_t table[64], aes[256], aes_inverse[256];
    char name[16], path[512];
    for (int n = 0; n < 8; n++) {
        des_table(n + 1, table);
        snprintf(name, sizeof name, "des_s%d", n + 1);
        read_verified(&box[n], circuits, name, 6, table);
    }
    aes_table(aes, aes_inverse);
    read_verified(&forward, circuits, "aes_sbox", 8, aes);
    read_verified(&inverse, circuits, "aes_inverse_sbox", 8, aes_inverse);
    verify_ternary(circuits);
    FILE *file = create(kernel, "des_sboxes.h", path);
    emit_des(file, box);
    finish(file, path);
    file = create(kernel, "aes_sbox.h", path);
    emit_aes(file, &forward, &inverse);
    finish(file, path);
}

int main(int count, char **argument) {
    if (count == 4 && strcmp(argument[1], "emit") == 0) {
        emit(argument[2], argument[3]);
    } else if ((count == 5 || count == 6) && strcmp(argument[1], "search") == 0) {
        uint64_t seed = strtoull(argument[3], NULL, 10);
        search(argument[2], seed, atoi(argument[4]), count == 6 ? argument[5] : NULL);
    } else {
        fail("emit CIRCUITS KERNEL | search CIRCUITS SEED ROUNDS [NAME]", "usage");
    }
    return 0;
}
