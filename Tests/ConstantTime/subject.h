// A cipher under test, and its operations on secret values that are the same in every lane.
#ifndef SUBJECT_H
#define SUBJECT_H

#include "cipher_kernel.h"
#include "secrets.h"

// Runs an operation on secret data and counts it.
#define RUN(call) (operations++, (call))
extern unsigned long operations;

enum { MOST_LANES = 4096, MOST_BYTES = 80, STRIDE = MOST_BYTES + 3 };

typedef struct subject {
    const ck_cipher *cipher;
    const char *where; // what is being tested, for messages
} subject;

// Bytes, from the hexadecimal of a source.
typedef struct value {
    uint8_t bytes[MOST_BYTES];
    size_t length;
} value;

value from_hex(const char *digits);

// Memory until `release_all`, zero and public at first: a mark found in it came with a result.
void *take(size_t bytes);
void release_all(void);

// Sliced blocks with room for a message of `length` bytes and its padding.
void *take_blocks(const subject *s, size_t length);

// Loads the secret value into `count` lanes, their rows one after another, or last first.
enum rows { BY_STRIDE, BY_OFFSETS };
void *load(const subject *s, const value *secret, enum rows rows, size_t count);

// As `load` into each lane, with `fill`.
void *fill(const subject *s, const value *secret);

// A prepared key from a loaded one.
void *prepare(const subject *s, const void *key, size_t key_bytes);

// The secret value prepared as the key of all lanes.
void *prepare_one(const subject *s, const value *secret);

// Stores the first bytes of `count` lanes both ways: they must be secret and then right.
void expect_rows(const subject *s, const void *blocks, const value *expected, size_t count);

// Compares every lane; only the verdicts are declassified.
void expect_equal(const subject *s, const void *a, const void *b, bool equal);

#endif
