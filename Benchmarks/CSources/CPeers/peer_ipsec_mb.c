// intel-ipsec-mb: jobs that fill the lanes of its vector registers with one block or message of
// each of many records, stage after stage. Its cipher mode is CBC; with a zero initial value a
// block is encrypted as it stands.
#if defined(__x86_64__)
#include "chain.h"
#include "peer_list.h"
#include <intel-ipsec-mb.h>
#include <stdlib.h>

enum { CHUNK = 128 }; // records of a stage

// A two-key TDES key, as the library takes it.
typedef struct tdes_key {
    uint8_t halves[2][IMB_DES_KEY_SCHED_SIZE] __attribute__((aligned(64)));
    const void *parts[3];
} tdes_key;

typedef struct session {
    IMB_MGR *manager;
    tdes_key issuer, card[CHUNK], transaction[CHUNK];
    uint8_t blocks[CHUNK][16]; // what keys are made of
    uint8_t chained[CHUNK][PEER_DATA_BYTES];
    uint8_t codes[8]; // response code, with zeros after it
} session;

typedef struct aes_key {
    uint8_t rounds[11 * 16] __attribute__((aligned(16)));
} aes_key;

typedef struct aes_session {
    IMB_MGR *manager;
    void (*expand)(const void *key, void *rounds);
    aes_key issuer, card[CHUNK], transaction[CHUNK];
    uint8_t blocks[CHUNK][16];
    uint8_t chained[CHUNK][PEER_DATA_BYTES];
} aes_session;

static const uint8_t zero[16];

static const char *version(void) {
    return imb_get_version_str();
}

static IMB_MGR *open_manager(void) {
    IMB_MGR *const manager = alloc_mb_mgr(0);
    if (!manager) abort();
    init_mb_mgr_auto(manager, NULL);
    if (imb_get_errno(manager)) abort();
    return manager;
}

static void *allocate(size_t size) {
    void *memory;
    if (posix_memalign(&memory, 64, size)) abort();
    memset(memory, 0, size);
    return memory;
}

// Memory of a job stays as it is until `finish`.
static void submit(IMB_MGR *manager, IMB_CIPHER_MODE mode, size_t key_bytes, const void *key,
                   uint8_t *out, const uint8_t *in, size_t length, const uint8_t *initial) {
    IMB_JOB *const job = IMB_GET_NEXT_JOB(manager);
    job->cipher_mode = mode;
    job->cipher_direction = IMB_DIR_ENCRYPT;
    job->chain_order = IMB_ORDER_CIPHER_HASH;
    job->hash_alg = IMB_AUTH_NULL;
    job->enc_keys = job->dec_keys = key;
    job->key_len_in_bytes = key_bytes;
    job->src = in;
    job->dst = out;
    job->cipher_start_src_offset_in_bytes = 0;
    job->msg_len_to_cipher_in_bytes = length;
    job->iv = initial;
    job->iv_len_in_bytes = mode == IMB_CIPHER_CBC ? 16 : 8;
    IMB_SUBMIT_JOB_NOCHECK(manager);
}

static void finish(IMB_MGR *manager) {
    while (IMB_FLUSH_JOB(manager))
        continue;
}

static void submit_tdes(session *to, const tdes_key *key, uint8_t *out, const uint8_t *in,
                        const uint8_t *initial) {
    submit(to->manager, IMB_CIPHER_DES3, 24, key->parts, out, in, 8, initial);
}

static void set_key(session *to, tdes_key *key, const uint8_t bytes[16]) {
    IMB_DES_KEYSCHED(to->manager, (uint64_t *)key->halves[0], bytes);
    IMB_DES_KEYSCHED(to->manager, (uint64_t *)key->halves[1], bytes + 8);
    key->parts[0] = key->parts[2] = key->halves[0];
    key->parts[1] = key->halves[1];
}

static void *open_tdes(const uint8_t *issuer_key) {
    session *const new = allocate(sizeof *new);
    new->manager = open_manager();
    set_key(new, &new->issuer, issuer_key);
    return new;
}

static void close_tdes(void *opened) {
    session *const old = opened;
    free_mb_mgr(old->manager);
    free(old);
}

static void derive_card_keys(session *to, const peer_batch *batch) {
    for (size_t i = 0; i < batch->count; i++) {
        uint8_t *const blocks = to->blocks[i];
        chain_card_input(blocks, &batch->records[i]);
        submit_tdes(to, &to->issuer, blocks, blocks, zero);
        submit_tdes(to, &to->issuer, blocks + 8, blocks + 8, zero);
    }
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++)
        set_key(to, &to->card[i], to->blocks[i]);
}

static void derive_session_keys(session *to, const peer_batch *batch) {
    for (size_t i = 0; i < batch->count; i++) {
        uint8_t *const blocks = to->blocks[i];
        chain_session_input(blocks, &batch->records[i]);
        submit_tdes(to, &to->card[i], blocks, blocks, zero);
        submit_tdes(to, &to->card[i], blocks + 8, blocks + 8, zero);
    }
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++)
        set_key(to, &to->transaction[i], to->blocks[i]);
}

// The last block's DES and the two that MAC algorithm 3 ends with are one TDES. Leaves the
// cryptograms in `blocks`.
static void compute_macs(session *to, const peer_batch *batch) {
    const size_t rest = PEER_DATA_BYTES - 8;
    for (size_t i = 0; i < batch->count; i++)
        submit(to->manager, IMB_CIPHER_DES, 8, to->transaction[i].halves[0], to->chained[i],
               batch->data + PEER_DATA_BYTES * i, rest, zero);
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++)
        submit_tdes(to, &to->transaction[i], to->blocks[i],
                    batch->data + PEER_DATA_BYTES * i + rest, to->chained[i] + rest - 8);
    finish(to->manager);
}

// The code is XORed into the cryptogram as an initial value is.
static void respond(session *to, const peer_batch *batch) {
    memcpy(to->codes, batch->response_code, 2);
    for (size_t i = 0; i < batch->count; i++)
        if (batch->results[i].verified)
            submit_tdes(to, &to->transaction[i], batch->results[i].response, to->blocks[i],
                        to->codes);
    finish(to->manager);
}

static void compare(const peer_batch *batch, const uint8_t computed[][16]) {
    for (size_t i = 0; i < batch->count; i++)
        batch->results[i].verified = memcmp(computed[i], batch->records[i].cryptogram, 8) == 0;
}

static void verify_tdes_chunk(void *opened, const peer_batch *batch) {
    session *const to = opened;
    derive_card_keys(to, batch);
    derive_session_keys(to, batch);
    compute_macs(to, batch);
    compare(batch, to->blocks);
    if (batch->response_code) respond(to, batch);
}

// Calls verify_chunk for chunk after chunk.
static void verify_chunks(void *opened, const peer_batch *batch,
                          void (*verify_chunk)(void *opened, const peer_batch *batch)) {
    for (size_t start = 0; start < batch->count; start += CHUNK) {
        const size_t left = batch->count - start;
        peer_batch chunk = *batch;
        chunk.records += start;
        chunk.data += PEER_DATA_BYTES * start;
        chunk.results += start;
        chunk.count = left < CHUNK ? left : CHUNK;
        verify_chunk(opened, &chunk);
    }
}

static void verify_tdes(void *opened, const peer_batch *batch) {
    verify_chunks(opened, batch, verify_tdes_chunk);
}

static void submit_aes(aes_session *to, const aes_key *key, uint8_t *out, const uint8_t *in,
                       size_t length) {
    submit(to->manager, IMB_CIPHER_CBC, 16, key->rounds, out, in, length, zero);
}

static void *open_aes(const uint8_t *issuer_key) {
    aes_session *const new = allocate(sizeof *new);
    new->manager = open_manager();
    new->expand =
        new->manager->features & IMB_FEATURE_AVX ? aes_keyexp_128_enc_avx : aes_keyexp_128_enc_sse;
    new->expand(issuer_key, new->issuer.rounds);
    return new;
}

static void close_aes(void *opened) {
    aes_session *const old = opened;
    free_mb_mgr(old->manager);
    free(old);
}

static void derive_aes_keys(aes_session *to, const peer_batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        submit_aes(to, &to->issuer, to->blocks[i], batch->records[i].account, 16);
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++) {
        to->expand(to->blocks[i], to->card[i].rounds);
        chain_aes_session_input(to->blocks[i], &batch->records[i]);
        submit_aes(to, &to->card[i], to->blocks[i], to->blocks[i], 16);
    }
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++)
        to->expand(to->blocks[i], to->transaction[i].rounds);
}

// Leaves the cryptograms in `blocks`.
static void compute_cmacs(aes_session *to, const peer_batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        submit_aes(to, &to->transaction[i], to->blocks[i], zero, 16);
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++) {
        chain_cmac_input(to->chained[i], batch->data + PEER_DATA_BYTES * i, to->blocks[i]);
        chain_xor(to->chained[i], to->blocks[i], 16);
        submit_aes(to, &to->transaction[i], to->chained[i], to->chained[i], PEER_DATA_BYTES);
    }
    finish(to->manager);
    for (size_t i = 0; i < batch->count; i++)
        memcpy(to->blocks[i], to->chained[i] + PEER_DATA_BYTES - 16, 16);
}

static void verify_aes_chunk(void *opened, const peer_batch *batch) {
    aes_session *const to = opened;
    derive_aes_keys(to, batch);
    compute_cmacs(to, batch);
    compare(batch, to->blocks);
}

static void verify_aes(void *opened, const peer_batch *batch) {
    verify_chunks(opened, batch, verify_aes_chunk);
}

const peer peer_ipsec_mb = {
    .name = "ipsec-mb",
    .version = version,
    .tdes = {.open = open_tdes, .verify = verify_tdes, .close = close_tdes},
    .aes = {.open = open_aes, .verify = verify_aes, .close = close_aes},
};

#endif
