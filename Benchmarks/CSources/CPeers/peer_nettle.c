// nettle: its contexts are plain memory, and nothing stands between its user and its ciphers.
#include "chain.h"
#include "peer_list.h"
#include <nettle/aes.h>
#include <nettle/cmac.h>
#include <nettle/des.h>
#include <nettle/version.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct session {
    struct des3_ctx issuer, card;
    struct des_ctx left, right; // under the halves of the session key
} session;

typedef struct aes_session {
    struct aes128_ctx issuer, card;
    struct cmac_aes128_ctx transaction;
} aes_session;

static const char *version(void) {
    static char text[16];
    snprintf(text, sizeof text, "%d.%d", nettle_version_major(), nettle_version_minor());
    return text;
}

static void *allocate(size_t size) {
    void *const memory = calloc(1, size);
    if (!memory) abort();
    return memory;
}

// nettle has no two-key TDES. A weak key is reported, but set.
static void set_two_keys(struct des3_ctx *context, const uint8_t key[16]) {
    des_set_key(&context->des[0], key);
    des_set_key(&context->des[1], key + 8);
    context->des[2] = context->des[0];
}

static void *open_tdes(const uint8_t *issuer_key) {
    session *const new = allocate(sizeof *new);
    set_two_keys(&new->issuer, issuer_key);
    return new;
}

static void encrypt(void *opened, uint8_t *blocks, size_t length) {
    const session *const keys = opened;
    des3_encrypt(&keys->issuer, length, blocks, blocks);
}

static void compute(void *opened, uint8_t state[8], const uint8_t card_key[16],
                    const peer_record *record, const uint8_t *data) {
    session *const keys = opened;
    uint8_t key[16];
    set_two_keys(&keys->card, card_key);
    chain_session_input(key, record);
    des3_encrypt(&keys->card, sizeof key, key, key);
    des_set_key(&keys->left, key);
    des_set_key(&keys->right, key + 8);
    memset(state, 0, 8);
    for (size_t i = 0; i < PEER_DATA_BYTES; i += 8) {
        chain_xor(state, data + i, 8);
        des_encrypt(&keys->left, 8, state, state);
    }
    des_decrypt(&keys->right, 8, state, state);
    des_encrypt(&keys->left, 8, state, state);
}

static void respond(void *opened, uint8_t block[8]) {
    const session *const keys = opened;
    des_encrypt(&keys->left, 8, block, block);
    des_decrypt(&keys->right, 8, block, block);
    des_encrypt(&keys->left, 8, block, block);
}

static void verify_tdes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_card_input, encrypt, compute, respond};
    chain_verify(opened, &steps, batch);
}

static void *open_aes(const uint8_t *issuer_key) {
    aes_session *const new = allocate(sizeof *new);
    aes128_set_encrypt_key(&new->issuer, issuer_key);
    return new;
}

static void encrypt_aes(void *opened, uint8_t *blocks, size_t length) {
    const aes_session *const keys = opened;
    aes128_encrypt(&keys->issuer, length, blocks, blocks);
}

static void compute_aes(void *opened, uint8_t cryptogram[8], const uint8_t card_key[16],
                        const peer_record *record, const uint8_t *data) {
    aes_session *const keys = opened;
    uint8_t key[16];
    aes128_set_encrypt_key(&keys->card, card_key);
    chain_aes_session_input(key, record);
    aes128_encrypt(&keys->card, 16, key, key);
    cmac_aes128_set_key(&keys->transaction, key);
    cmac_aes128_update(&keys->transaction, PEER_DATA_BYTES, data);
    cmac_aes128_digest(&keys->transaction, 8, cryptogram);
}

static void verify_aes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_aes_card_input, encrypt_aes, compute_aes, NULL};
    chain_verify(opened, &steps, batch);
}

const peer peer_nettle = {
    .name = "nettle",
    .version = version,
    .tdes = {.open = open_tdes, .verify = verify_tdes, .close = free},
    .aes = {.open = open_aes, .verify = verify_aes, .close = free},
};
