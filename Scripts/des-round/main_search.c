// des-round-search TARGET CIRCUITS SCHEDULE SEED STARTS: writes a schedule.
#include "round.h"

#include <stdlib.h>

int main(int count, char **argument) {
    static operations all;
    static schedule s;
    static program p;
    const target *t = count == 6 ? target_named(argument[1]) : NULL;
    if (!t || !operations_read(&all, t, argument[2])) return 1;
    if (!schedule_search(&s, &all, strtoull(argument[4], NULL, 10), atol(argument[5]))) return 1;
    program_make(&p, &all, &s);
    printf("%d instructions; cycles a round: %.1f of one stream, %.1f of two\n", p.count,
           program_cycles(&p, 1), program_cycles(&p, 2));
    return !schedule_write(&s, &all, argument[3]);
}
