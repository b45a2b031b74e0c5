// des-round-search CIRCUITS SCHEDULE SEED STARTS STEPS: writes a schedule. With no STARTS it goes
// on from the one that is there.
#include "round.h"

#include <stdlib.h>

int main(int count, char **argument) {
    static operations all;
    static schedule s;
    static program p;
    if (count != 6 || !operations_read(&all, argument[1])) return 1;
    const long starts = atol(argument[4]), steps = atol(argument[5]);
    if (starts == 0 && !schedule_read(&s, &all, argument[2])) return 1;
    if (!schedule_search(&s, &all, strtoull(argument[3], NULL, 10), starts, steps)) return 1;
    program_make(&p, &all, &s);
    printf("%d instructions; cycles a round: %.1f of one stream, %.1f of two\n", p.count,
           program_cycles(&p, 1), program_cycles(&p, 2));
    return !schedule_write(&s, &all, argument[2]);
}
