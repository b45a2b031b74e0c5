// Marks of secret data under MemorySanitizer. To it "secret" is "uninitialised": it reports each
// branch and each address that depends on such data.
//
// It sees what is run, and LLVM's code before instructions are chosen: a `?:` that became a
// `select` at -O2 is not reported, though the code generator might make a branch of it. At -O0 it
// is one, and is reported.
//
// In a build without it, for a CPU that it does not run on, nothing is marked: what is left is a
// test of every operation's results.
#ifndef SECRETS_H
#define SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
enum { SECRETS_ARE_MARKED = true };
#else
enum { SECRETS_ARE_MARKED = false };
#define __msan_poison(memory, length) (void)(memory), (void)(length)
#define __msan_unpoison(memory, length) (void)(memory), (void)(length)
#define __msan_test_shadow(memory, length) ((void)(memory), (void)(length), -1)
#endif

static inline void mark_secret(const void *memory, size_t length) {
    __msan_poison(memory, length);
}

static inline void declassify(const void *memory, size_t length) {
    __msan_unpoison(memory, length);
}

static inline void fail(const char *where, const char *what) {
    fprintf(stderr, "%s: %s\n", where, what);
    exit(1);
}

// Each byte must still be marked. One that is not went through code that MemorySanitizer does not
// follow, and whatever became of it from there on went unseen.
static inline void expect_secret(const char *where, const void *memory, size_t length) {
    for (size_t i = 0; i < length && SECRETS_ARE_MARKED; i++)
        if (__msan_test_shadow((const uint8_t *)memory + i, 1) != 0)
            fail(where, "the result has lost its mark of a secret");
}

// Declassifies a result and compares it, so that it is known that the work was done.
static inline void expect_bytes(const char *where, const void *memory, const uint8_t *expected,
                                size_t length) {
    declassify(memory, length);
    if (memcmp(memory, expected, length) != 0) fail(where, "wrong result");
}

#endif
