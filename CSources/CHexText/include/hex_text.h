// Text that is mostly hexadecimal digits, decoded by the chunk at the width of the CPU's vectors.
//
// No branch and no address depends on what the text holds, and nothing is allocated.
#ifndef HEX_TEXT_H
#define HEX_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Characters in a block.
enum { HEX_TEXT_BLOCK = 64 };

// One way to compute. All give the same.
struct hex_text_implementation {
    const char *name;
    bool (*is_supported)(void);

    // Decodes the text twice, so that a field of digits is a slice of bytes wherever it begins.
    // What is no digit decodes to anything, and is marked.
    //
    // text: `blocks` blocks, and a character more that can be read.
    // even: 32 bytes a block; byte i is the digits at 2i and 2i + 1.
    // odd: 32 bytes a block; byte i is the digits at 2i + 1 and 2i + 2.
    // others: 8 bytes a block; bit i % 8 of byte i / 8 is set if there is no digit at i.
    void (*decode)(const uint8_t *text, size_t blocks, uint8_t *even, uint8_t *odd,
                   uint8_t *others);

    // The number of line feeds in `count` characters.
    size_t (*count_lines)(const uint8_t *text, size_t count);
};

// The implementations, best first; the last one is supported everywhere.
const struct hex_text_implementation *const *hex_text_implementations(size_t *count);

// The best implementation that this CPU supports.
const struct hex_text_implementation *hex_text_best(void);

#endif
