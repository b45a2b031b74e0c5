// Replays a stream of cases from standard input through every backend that this machine can run,
// each of which must pass its self-test and then give the expected result in every row. Says how
// many blocks that were; exits 1 at the first result that is wrong.
//
//   replay [ROWS]    ROWS: the first of each batch only, all by default
//
// ARQC_BACKEND names the only one to test.
#include "case.h"
#include "cipher_kernel.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BACKENDS = 16, MOST_LANES = 1024 };
enum { MOST_BLOCKS = CASE_MESSAGE_BYTES / 8 + 2 };

typedef struct subject {
    const ck_backend *backend;
    uint8_t *key, *prepared, *blocks, *results; // sliced blocks, with room for the largest case
    uint64_t des_blocks, aes_blocks;
} subject;

static uint8_t rows[CASE_ROWS * CASE_ROW_BYTES];
static uint8_t results[MOST_LANES * CASE_MESSAGE_BYTES];

#if defined(PLANT)
// A branch on a secret, which a comparison of traces must show.
static volatile unsigned odd_results;
#define PLANTED_BRANCH (void)(results[0] & 1 ? odd_results++ : 0)
#else
#define PLANTED_BRANCH (void)0
#endif

static _Noreturn void fail(const char *where, const char *what) {
    fprintf(stderr, "%s: %s\n", where, what);
    exit(1);
}

static void *allocate(size_t bytes) {
    void *const memory = aligned_alloc(CK_ALIGNMENT, (bytes + 63) / 64 * 64);
    if (!memory) fail("replay", "out of memory");
    return memory;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static subject subject_make(const ck_backend *backend) {
    if (larger(backend->des.lanes, backend->aes.lanes) > MOST_LANES)
        fail(backend->name, "more lanes than rows here");
    void *const scratch = allocate(ck_self_test_bytes(backend));
    const char *failed = ck_self_test(backend, scratch);
    free(scratch);
    if (failed) fail(backend->name, failed);
    const size_t sliced = larger(backend->des.sliced_bytes, backend->aes.sliced_bytes);
    return (subject){
        .backend = backend,
        .key = allocate(4 * sliced),
        .prepared = allocate(larger(backend->des.prepared_bytes, backend->aes.prepared_bytes)),
        .blocks = allocate(MOST_BLOCKS * sliced),
        .results = allocate(MOST_BLOCKS * sliced),
    };
}

// The two halves of a derived key: the block with each of the constants.
static void derive(const subject *s, const void *block, const int8_t map[static 8],
                   const uint8_t first[static 8], const uint8_t second[static 8]) {
    const ck_cipher *const des = &s->backend->des;
    des->arrange(s->key, block, map, first);
    des->arrange(s->key + des->sliced_bytes, block, map, second);
    des->encrypt(s->key, s->key, 2, s->prepared, NULL);
    des->prepare(s->prepared, s->key, 16);
}

// [EMV Book 2, A1.4.1, A1.3.1, 8.1.2, 8.2.1]
static void cryptogram(const subject *s, size_t data_bytes, ck_padding padding) {
    static const int8_t card[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const int8_t session[8] = {0, 1, -1, 3, 4, 5, 6, 7};
    static const uint8_t zero[8] = {0}, left[8] = {0, 0, 0xF0}, right[8] = {0, 0, 0x0F};
    static const uint8_t ones[8] = {255, 255, 255, 255, 255, 255, 255, 255};
    static const uint8_t code[8] = {0x30, 0x30};
    const ck_cipher *const des = &s->backend->des;
    uint8_t *const data = s->blocks + 2 * des->sliced_bytes;
    uint8_t *const response = s->results + des->sliced_bytes;
    derive(s, s->blocks, card, zero, ones);
    derive(s, s->blocks + des->sliced_bytes, session, left, right);
    ck_pad(des, data, data_bytes, padding);
    ck_mac_algorithm_3(des, s->results, data, ck_padded_count(des, data_bytes, padding),
                       s->prepared, NULL);
    des->arrange(response, s->results, card, code);
    des->encrypt(response, response, 1, s->prepared, NULL);
}

// Computes the results of a tile whose keys are prepared and whose messages are loaded.
static void compute(const subject *s, const ck_cipher *cipher, const case_header *header) {
    const size_t length = header->message_bytes;
    const ck_padding padding = (ck_padding)header->padding;
    const size_t count = ck_padded_count(cipher, length, padding);
    switch ((enum case_operation)header->operation) {
    case case_encrypt:
        cipher->encrypt(s->results, s->blocks, count, s->prepared, NULL);
        break;
    case case_decrypt:
        cipher->decrypt(s->results, s->blocks, count, s->prepared);
        break;
    case case_mac_1:
        ck_pad(cipher, s->blocks, length, padding);
        ck_mac_algorithm_1(cipher, s->results, s->blocks, count, s->prepared);
        break;
    case case_mac_3:
        ck_pad(cipher, s->blocks, length, padding);
        ck_mac_algorithm_3(cipher, s->results, s->blocks, count, s->prepared, NULL);
        break;
    case case_cmac:
        ck_cmac(cipher, s->results, s->blocks, length, s->prepared, s->key, NULL);
        break;
    case case_cryptogram:
        cryptogram(s, length - 16, padding);
        break;
    case case_end:
        fail("replay", "an operation that is none");
    }
}

static const ck_cipher *cipher_of(const subject *s, const case_header *header) {
    return header->cipher == case_des ? &s->backend->des : &s->backend->aes;
}

// For every other batch, so that rows are found in both ways; NULL for the rest.
static const uint32_t *offsets_of(const case_header *header, size_t stride) {
    static uint32_t offsets[MOST_LANES];
    for (size_t row = 0; row < MOST_LANES; row++)
        offsets[row] = (uint32_t)(row * stride);
    return header->rows % 2 ? offsets : NULL;
}

// Runs `count` rows from `first` on; returns how many of them are right before one is wrong.
static size_t replay_tile(const subject *s, const case_header *header, const uint8_t *first,
                          size_t count) {
    const ck_cipher *const cipher = cipher_of(s, header);
    const size_t stride = header->key_bytes + header->message_bytes + header->result_bytes;
    const ck_rows keys = {.base = first, .stride = stride, .count = count};
    const ck_rows messages = {.base = first + header->key_bytes,
                              .stride = stride,
                              .offsets = offsets_of(header, stride),
                              .count = count};
    const ck_mutable_rows stored = {
        .base = results, .stride = header->result_bytes, .count = count};
    cipher->load(s->key, &keys, header->key_bytes);
    cipher->prepare(s->prepared, s->key, header->key_bytes);
    cipher->load(s->blocks, &messages, header->message_bytes);
    compute(s, cipher, header);
    cipher->store(&stored, s->results, header->result_bytes);
    PLANTED_BRANCH;
    size_t row = 0;
    while (row < count &&
           memcmp(results + row * header->result_bytes,
                  first + (row + 1) * stride - header->result_bytes, header->result_bytes) == 0)
        row++;
    return row;
}

static void replay_batch(subject *s, const case_header *header, uint64_t batch) {
    const size_t lanes = cipher_of(s, header)->lanes;
    const size_t stride = header->key_bytes + header->message_bytes + header->result_bytes;
    const size_t block_bytes = header->cipher == case_des ? 8 : 16;
    for (size_t start = 0; start < header->rows; start += lanes) {
        const size_t left = header->rows - start;
        const size_t count = left < lanes ? left : lanes;
        const size_t right = replay_tile(s, header, rows + start * stride, count);
        if (right == count) continue;
        fprintf(stderr, "%s: batch %llu, operation %u, cipher %u, key of %u bytes: row %zu of %u\n",
                s->backend->name, (unsigned long long)batch, header->operation, header->cipher,
                header->key_bytes, start + right, header->rows);
        fail(s->backend->name, "wrong result");
    }
    const uint64_t blocks = header->message_bytes / block_bytes * header->rows;
    *(header->cipher == case_des ? &s->des_blocks : &s->aes_blocks) += blocks;
}

static void read_all(void *memory, size_t bytes) {
    if (fread(memory, 1, bytes, stdin) != bytes) fail("replay", "the stream is cut off");
}

static void read_batch(case_header *header) {
    read_all(header, sizeof *header);
    if (header->operation == case_end) return;
    if (header->operation > case_cryptogram || header->cipher > case_aes || header->padding > 2 ||
        header->key_bytes > 32 || header->message_bytes > CASE_MESSAGE_BYTES ||
        header->result_bytes > CASE_MESSAGE_BYTES || header->rows > CASE_ROWS)
        fail("replay", "not a stream of cases");
    read_all(rows, (size_t)header->rows *
                       (header->key_bytes + header->message_bytes + header->result_bytes));
}

static size_t subjects_make(subject subjects[static MOST_BACKENDS]) {
    const char *const wanted = getenv("ARQC_BACKEND");
    size_t count = 0;
    for (size_t i = 0; ck_backend_at(i); i++) {
        const ck_backend *const backend = ck_backend_at(i);
        if (wanted && strcmp(wanted, backend->name) != 0) continue;
        if (count == MOST_BACKENDS) fail("replay", "more backends than expected");
        if (backend->is_supported())
            subjects[count++] = subject_make(backend);
        else
            printf("%s: skipped, not supported by this CPU\n", backend->name);
    }
    if (count == 0) fail("replay", "no backend");
    return count;
}

int main(int arguments, char **argument) {
    const uint32_t most_rows = arguments > 1 ? (uint32_t)strtoul(argument[1], NULL, 10) : CASE_ROWS;
    subject subjects[MOST_BACKENDS];
    const size_t count = subjects_make(subjects);
    case_header header;
    uint64_t batches = 0;
    for (read_batch(&header); header.operation != case_end; read_batch(&header), batches++) {
        if (header.rows > most_rows) header.rows = most_rows;
        for (size_t i = 0; i < count; i++)
            replay_batch(&subjects[i], &header, batches);
    }
    if (batches == 0) fail("replay", "no cases");
    for (size_t i = 0; i < count; i++)
        printf("%s: %llu batches right, %llu DES and %llu AES blocks\n", subjects[i].backend->name,
               (unsigned long long)batches, (unsigned long long)subjects[i].des_blocks,
               (unsigned long long)subjects[i].aes_blocks);
    return 0;
}
