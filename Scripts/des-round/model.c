// A model of Zen 5's vector side, measured with small loops: what a schedule is judged by.
//
// In order, up to 6 vector instructions a cycle are sent; moves between registers cost no more than
// that. Logic waits in a window for its operands, the oldest go first: 4 a cycle, of which reads of
// registers allow about 2.7 ternary ones. Two-input logic has a latency of 2; a ternary one 3 from
// its sources but that which it overwrites. A load of what was stored waits 11 cycles.
#include "round.h"

#include <string.h>

enum { SENT = 6, FETCHED = 7, WINDOW = 114, QUEUE = 96, IN_FLIGHT = 448, RETIRED = 8 };
enum { LOAD_LATENCY = 8, FORWARD_LATENCY = 11, LATENCY = 2, READS = 8, CYCLES = 4096 };

typedef struct {
    int sent, vector, all; // the cycle of the last instruction sent, and how many went in it
    int entered;           // of the last into the window
    int behind, outside;   // instructions that start later than `sent`, than `entered`
    int retired, retiring;
    uint8_t starts[CYCLES], reads[CYCLES], loads[CYCLES], stores[CYCLES];
    int16_t ready[MAX_VALUES], stored[2][2][PLANES], left[1024];
} machine;

static void next_cycle(machine *m) {
    m->behind -= m->starts[++m->sent];
    m->vector = m->all = 0;
}

static void send(machine *m, const instruction *i, int n) {
    const int vector = i->code != PAUSE;
    if (m->vector + vector > SENT || m->all == FETCHED) next_cycle(m);
    while (m->behind >= WINDOW + QUEUE || m->sent < m->left[(n - IN_FLIGHT) & 1023])
        next_cycle(m);
    m->vector += vector;
    m->all++;
}

static int load(machine *m) {
    int cycle = m->sent + 1;
    while (m->loads[cycle] == 2)
        cycle++;
    m->loads[cycle]++;
    return cycle + LOAD_LATENCY;
}

static int later(int a, int b) {
    return a > b ? a : b;
}

static int compute(machine *m, const instruction *i) {
    const bool ternary = i->code == TERNARY || i->code == TERNARY_LEFT;
    while (m->entered < m->sent || m->outside >= WINDOW)
        m->outside -= m->starts[++m->entered];
    int cycle = later(m->entered + 1, m->ready[i->source[0]]), reads = i->sources;
    for (int k = 1; k < i->sources; k++) {
        cycle = later(cycle, m->ready[i->source[k]] + ternary);
        reads += ternary && k == 1 && m->ready[i->source[k]] > m->ready[i->source[0]];
    }
    if (i->code == XOR_KEY || i->code == XOR_LEFT || i->code == TERNARY_LEFT)
        cycle = later(cycle, load(m));
    while (m->starts[cycle] == 4 || m->reads[cycle] + m->reads[cycle - 1] + reads > 2 * READS)
        cycle++;
    m->starts[cycle]++;
    m->reads[cycle] += (uint8_t)reads;
    m->behind++;
    m->outside++;
    return cycle + LATENCY;
}

static int store(machine *m, const instruction *i) {
    int cycle = later(m->sent + 1, m->ready[i->source[0]]);
    while (m->stores[cycle] == 1)
        cycle++;
    m->stores[cycle]++;
    return cycle + 1;
}

static void step(machine *m, const instruction *i, int n, int stream, int half) {
    send(m, i, n);
    int done = m->sent + 1;
    switch (i->code) {
    case PAUSE:
        break;
    case MOVE:
        m->ready[i->value] = m->ready[i->source[0]];
        break;
    case LOAD:
        done = later(load(m), m->stored[stream][!half][i->plane] + FORWARD_LATENCY);
        m->ready[i->value] = (int16_t)done;
        break;
    case STORE:
        done = store(m, i);
        m->stored[stream][half][i->plane] = m->ready[i->source[0]];
        break;
    default:
        m->ready[i->value] = (int16_t)(done = compute(m, i));
        break;
    }
    m->retiring = done > m->retired ? 1 : m->retiring + 1;
    m->retired = later(m->retired, done) + (m->retiring > RETIRED);
    if (m->retiring > RETIRED) m->retiring = 1;
    m->left[n & 1023] = (int16_t)m->retired;
}

double program_cycles(const program *p, int streams) {
    const int rounds = 4 * streams, skipped = 2 * streams;
    machine m;
    memset(&m, 0, sizeof m);
    int begin = 0;
    for (int round = 0, n = 0; round < rounds; round++) {
        for (int i = 0; i < p->count; i++, n++) {
            step(&m, &p->at[i], n, round % streams, round / streams & 1);
            if (m.retired > CYCLES - 1024) return CYCLES;
        }
        if (round == skipped - 1) begin = m.retired;
    }
    return (double)(m.retired - begin) / (rounds - skipped);
}
