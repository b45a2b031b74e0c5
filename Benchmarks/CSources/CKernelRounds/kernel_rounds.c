#include "kernel_rounds.h"
#include "../../../CSources/CCipherKernel/include/cipher_kernel.h"
#include <stdlib.h>
#include <string.h>

typedef struct rounds {
    const ck_cipher *des;
    void *blocks, *prepared;
} rounds;

static const ck_backend *find(const char *name) {
    for (size_t i = 0; ck_backend_at(i); i++)
        if (strcmp(ck_backend_at(i)->name, name) == 0) return ck_backend_at(i);
    return NULL;
}

static void *allocate(size_t size) {
    void *memory;
    if (posix_memalign(&memory, CK_ALIGNMENT, size)) abort();
    return memory;
}

// Any bytes will do for planes: what they hold changes no time.
static void fill(uint8_t *memory, size_t size) {
    for (size_t i = 0; i < size; i++)
        memory[i] = (uint8_t)(i * 167 + i / 256);
}

void *kernel_rounds_open(const char *backend) {
    const ck_backend *const found = find(backend);
    if (!found) return NULL;
    rounds *const new = allocate(sizeof *new);
    new->des = &found->des;
    new->prepared = allocate(new->des->prepared_bytes);
    const size_t size = KERNEL_ROUNDS_BLOCKS * new->des->sliced_bytes;
    new->blocks = allocate(size);
    fill(new->blocks, size);
    new->des->prepare(new->prepared, new->blocks, 16);
    return new;
}

void kernel_rounds_compute(void *opened) {
    const rounds *const to = opened;
    to->des->encrypt(to->blocks, to->blocks, KERNEL_ROUNDS_BLOCKS, to->prepared, NULL);
}

void kernel_rounds_close(void *opened) {
    rounds *const old = opened;
    free(old->blocks);
    free(old->prepared);
    free(old);
}
