// A program as machine code [Intel SDM 2, 2.3 and 2.7].
#include "round.h"

enum { RDI = 7, RSI = 6, RDX = 2, RCX = 1, MAP_0F = 1, MAP_0F3A = 3 };
enum { LOAD_PLANE = 0x6F, STORE_PLANE = 0x7F, AND = 0xDB, AND_NOT = 0xDF, OR = 0xEB, XOR = 0xEF };
enum { TABLE = 0x25 };

// The last operand is the register `last` or, with a base, the plane `last` of memory. -1: none.
typedef struct {
    int opcode, reg, second, last, base;
} operands;

static uint8_t *encode_evex(uint8_t *at, operands o) {
    const int second = o.second < 0 ? 0 : o.second, low = o.base < 0 ? o.last : 0;
    *at++ = 0x62;
    *at++ = (uint8_t)((~o.reg >> 3 & 1) << 7 | (~low >> 4 & 1) << 6 | (~low >> 3 & 1) << 5 |
                      (~o.reg >> 4 & 1) << 4 | (o.opcode == TABLE ? MAP_0F3A : MAP_0F));
    *at++ = (uint8_t)(0x85 | (~second & 15) << 3);
    *at++ = (uint8_t)(0x40 | (~second >> 4 & 1) << 3);
    *at++ = (uint8_t)o.opcode;
    if (o.base < 0) {
        *at++ = (uint8_t)(0xC0 | (o.reg & 7) << 3 | (o.last & 7));
    } else {
        *at++ = (uint8_t)((o.last ? 0x40 : 0) | (o.reg & 7) << 3 | o.base);
        if (o.last) *at++ = (uint8_t)o.last; // in units of 64 bytes
    }
    return at;
}

static uint8_t *encode_vex(uint8_t *at, operands o) {
    const int second = o.second < 0 ? 0 : o.second, low = o.base < 0 ? o.last : o.base;
    const int reg = (~o.reg >> 3 & 1) << 7, offset = 32 * o.last;
    if (low < 8) {
        *at++ = 0xC5;
        *at++ = (uint8_t)(reg | (~second & 15) << 3 | 5);
    } else {
        *at++ = 0xC4;
        *at++ = (uint8_t)(reg | 0x40 | MAP_0F);
        *at++ = (uint8_t)((~second & 15) << 3 | 5);
    }
    *at++ = (uint8_t)o.opcode;
    const int bytes = o.base < 0 || offset == 0 ? 0 : offset < 128 ? 1 : 4;
    const int mode = o.base < 0 ? 0xC0 : bytes == 0 ? 0x00 : bytes == 1 ? 0x40 : 0x80;
    *at++ = (uint8_t)(mode | (o.reg & 7) << 3 | (low & 7));
    for (int i = 0; i < bytes; i++)
        *at++ = (uint8_t)(offset >> 8 * i);
    return at;
}

static uint8_t *encode_instruction(uint8_t *at, const instruction *i, bool evex) {
    static const int two[16] = {[0x8] = AND, [0xE] = OR, [0x6] = XOR, [0x2] = AND_NOT};
    const int a = i->from[0], b = i->from[1], plane = i->plane;
    const operands form[] = {
        [LOAD] = {LOAD_PLANE, i->to, -1, plane, RSI},
        [MOVE] = {LOAD_PLANE, i->to, -1, a, -1},
        [STORE] = {STORE_PLANE, a, -1, plane, RDI},
        [XOR_KEY] = {XOR, i->to, a, plane, RDX},
        [XOR_LEFT] = {XOR, i->to, a, plane, RDI},
        [NOT] = {XOR, i->to, a, 0, RCX},
        [TWO] = {two[i->table & 15], i->to, a, b, -1},
        [TERNARY] = {TABLE, i->to, b, i->from[2], -1},
        [TERNARY_LEFT] = {TABLE, i->to, b, plane, RDI},
    };
    const operands *o = &form[i->code];
    at = evex ? encode_evex(at, *o) : encode_vex(at, *o);
    if (o->opcode == TABLE) *at++ = i->table;
    return at;
}

void program_encode(uint8_t *at, const program *p) {
    for (int n = 0; n < p->count; n++)
        at = encode_instruction(at, &p->at[n], p->target->lanes == 512);
    *at = 0xC3;
}
