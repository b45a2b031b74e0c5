// The text form of a schedule: a line for each operation, in order, e.g. "s3 gate 14 over 1",
// "s5 input 2 keep".
#include "round.h"

#include <string.h>

static const char *const kinds[] = {"input", "gate", "output"};

static bool is_ternary(const operation *o) {
    return o->sources == 3 || (o->kind == OUTPUT && o->sources == 2);
}

static int find(const operations *all, int box, const char *kind, int index) {
    for (int n = 0; n < all->count; n++) {
        const operation *o = &all->at[n];
        if (o->box == box && o->index == index && strcmp(kinds[o->kind], kind) == 0) return n;
    }
    return -1;
}

static bool read_line(schedule *s, const operations *all, const char *line, int *number) {
    char kind[8] = "", word[8] = "";
    int box = 0, index = 0, value = 0, read = 0, more = 0;
    if (sscanf(line, "s%d %7s %d%n", &box, kind, &index, &read) != 3) return false;
    *number = find(all, box - 1, kind, index);
    if (*number < 0) return false;
    s->over[*number] = 0;
    s->keep[*number] = false;
    for (line += read; sscanf(line, " %7s%n", word, &read) == 1; line += read) {
        if (strcmp(word, "keep") == 0) {
            s->keep[*number] = true;
            continue;
        }
        if (sscanf(line + read, "%d%n", &value, &more) != 1 || value < 0) return false;
        read += more;
        if (strcmp(word, "over") == 0 && value < all->at[*number].sources)
            s->over[*number] = (uint8_t)value;
        else
            return false;
    }
    return true;
}

// Every operation once, after its sources.
static bool is_complete(const schedule *s, const operations *all, int count) {
    bool done[MAX_OPERATIONS] = {false};
    for (int at = 0; at < count; at++) {
        const operation *o = &all->at[s->order[at]];
        for (int k = 0; k < o->sources; k++)
            if (!done[o->source[k]]) return false;
        if (done[s->order[at]]) return false;
        done[s->order[at]] = true;
    }
    return count == all->count;
}

bool schedule_read(schedule *s, const operations *all, const char *path) {
    FILE *file = fopen(path, "r");
    char line[128];
    int count = 0, number = 0;
    bool good = file != NULL;
    while (good && fgets(line, sizeof line, file)) {
        if (line[0] == '#') continue;
        good = count < all->count && read_line(s, all, line, &number);
        if (good) s->order[count++] = (int16_t)number;
    }
    if (file) fclose(file);
    return good && is_complete(s, all, count);
}

bool schedule_write(const schedule *s, const operations *all, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file) return false;
    for (int at = 0; at < all->count; at++) {
        const int number = s->order[at];
        const operation *o = &all->at[number];
        fprintf(file, "s%d %s %d", o->box + 1, kinds[o->kind], o->index);
        if (is_ternary(o)) fprintf(file, " over %d", s->over[number]);
        if (s->keep[number]) fprintf(file, " keep");
        fprintf(file, "\n");
    }
    return fclose(file) == 0;
}
