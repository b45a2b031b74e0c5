// des-round emit CIRCUITS SCHEDULE | search CIRCUITS SCHEDULE SEED STEPS
#include "round.h"

#include <stdlib.h>
#include <string.h>

static int refuse(const char *why) {
    fprintf(stderr, "%s\n", why);
    return 1;
}

int main(int count, char **argument) {
    static operations all;
    static schedule s;
    static program p;
    if (count < 4 || !operations_read(&all, argument[2])) return refuse("des-round: no circuits");
    const bool search = strcmp(argument[1], "search") == 0 && count == 6;
    if (search) {
        const uint64_t seed = strtoull(argument[4], NULL, 10);
        if (!schedule_search(&s, &all, seed, atol(argument[5])))
            return refuse("no schedule fits the registers: try another seed");
    } else if (!schedule_read(&s, &all, argument[3])) {
        return refuse("the schedule is not one of these circuits: search for another");
    }
    if (!program_make(&p, &all, &s)) return refuse("the schedule needs more than 32 registers");
    if (!program_is_right(&p, &all)) return refuse("the round is wrong");
    fprintf(stderr, "%d instructions; cycles by the model: %.1f alone, %.1f alternating\n", p.count,
            program_cycles(&p, 1), program_cycles(&p, 2));
    if (search) return !schedule_write(&s, &all, argument[3]);
    emit_round(stdout, &all, &s, &p);
    return 0;
}
