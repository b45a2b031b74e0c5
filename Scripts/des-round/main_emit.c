// des-round-emit TARGET CIRCUITS SCHEDULE: the header to standard output.
#include "round.h"

static int refuse(const char *why) {
    fprintf(stderr, "%s\n", why);
    return 1;
}

int main(int count, char **argument) {
    static operations all;
    static schedule s;
    static program p;
    const target *t = count == 4 ? target_named(argument[1]) : NULL;
    if (!t || !operations_read(&all, t, argument[2])) return refuse("no circuits");
    if (!schedule_read(&s, &all, argument[3]))
        return refuse("the schedule is not one of these circuits: search for another");
    if (!program_make(&p, &all, &s)) return refuse("the schedule needs more registers");
    if (!program_is_right(&p, &all)) return refuse("the round is wrong");
    emit_round(stdout, &all, &s, &p);
    return 0;
}
