// The S-boxes as their standards define them.
#ifndef TABLES_H
#define TABLES_H

#include <stdint.h>

// `table[x]` for the input x = b1b2b3b4b5b6; box is 1 to 8. [FIPS 46-3, Appendix 1]
void des_table(int box, uint8_t table[static 64]);

// [FIPS 197, 5.1.1 and 5.3.2]
void aes_table(uint8_t forward[static 256], uint8_t inverse[static 256]);

// The field of FIPS 197, 4.2.
uint8_t field_multiply(uint8_t a, uint8_t b);
uint8_t field_power(uint8_t a, int exponent);

#endif
