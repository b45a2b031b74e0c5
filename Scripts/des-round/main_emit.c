// des-round-emit CIRCUITS SCHEDULE: the header to standard output.
#include "round.h"

static int refuse(const char *why) {
    fprintf(stderr, "%s\n", why);
    return 1;
}

int main(int count, char **argument) {
    static operations all;
    static schedule s;
    static program p;
    if (count != 3 || !operations_read(&all, argument[1])) return refuse("no circuits");
    if (!schedule_read(&s, &all, argument[2]))
        return refuse("the schedule is not one of these circuits: search for another");
    if (!program_make(&p, &all, &s)) return refuse("the schedule needs more than 32 registers");
    if (!program_is_right(&p, &all)) return refuse("the round is wrong");
    emit_round(stdout, &all, &s, &p);
    return 0;
}
