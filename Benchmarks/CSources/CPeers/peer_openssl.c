// OpenSSL's low-level DES: key schedules in the session, and the functions for one block, so that
// what one step computes is the next one's key or state without a call between.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "chain.h"
#include "peer_list.h"
#include <openssl/crypto.h>
#include <openssl/des.h>
#include <stdlib.h>

typedef struct session {
    DES_key_schedule issuer[2], card[2], transaction[2];
} session;

// A block as these functions take it: two little-endian words.
typedef union block {
    DES_LONG words[2];
    uint8_t bytes[8];
} block;

static const char *version(void) {
    return OpenSSL_version(OPENSSL_VERSION_STRING);
}

static void set_keys(DES_key_schedule schedules[2], const uint8_t key[16]) {
    DES_set_key_unchecked((const_DES_cblock *)key, &schedules[0]);
    DES_set_key_unchecked((const_DES_cblock *)(key + 8), &schedules[1]);
}

static void encrypt_tdes(uint8_t *blocks, size_t length, DES_key_schedule keys[2]) {
    for (size_t i = 0; i < length; i += 8) {
        block state;
        memcpy(state.bytes, blocks + i, 8);
        DES_encrypt3(state.words, &keys[0], &keys[1], &keys[0]);
        memcpy(blocks + i, state.bytes, 8);
    }
}

static void *open_session(const uint8_t *issuer_key) {
    session *const new = malloc(sizeof *new);
    if (!new) abort();
    set_keys(new->issuer, issuer_key);
    return new;
}

static void encrypt(void *opened, uint8_t *blocks, size_t length) {
    session *const keys = opened;
    encrypt_tdes(blocks, length, keys->issuer);
}

static void compute(void *opened, uint8_t cryptogram[8], const uint8_t card_key[16],
                    const peer_record *record, const uint8_t *data) {
    session *const keys = opened;
    uint8_t key[16];
    set_keys(keys->card, card_key);
    chain_session_input(key, record);
    encrypt_tdes(key, sizeof key, keys->card);
    set_keys(keys->transaction, key);
    block state = {{0}};
    for (size_t i = 0; i < PEER_DATA_BYTES - 8; i += 8) {
        chain_xor(state.bytes, data + i, 8);
        DES_encrypt1(state.words, &keys->transaction[0], DES_ENCRYPT);
    }
    // The last block's DES and the two that MAC algorithm 3 ends with are one TDES.
    chain_xor(state.bytes, data + PEER_DATA_BYTES - 8, 8);
    encrypt_tdes(state.bytes, 8, keys->transaction);
    memcpy(cryptogram, state.bytes, 8);
}

static void respond(void *opened, uint8_t bytes[8]) {
    session *const keys = opened;
    encrypt_tdes(bytes, 8, keys->transaction);
}

static void verify(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_card_input, encrypt, compute, respond};
    chain_verify(opened, &steps, batch);
}

const peer peer_openssl = {
    .name = "openssl",
    .version = version,
    .tdes = {.open = open_session, .verify = verify, .close = free},
};
