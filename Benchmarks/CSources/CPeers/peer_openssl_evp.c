// OpenSSL's EVP: ciphers fetched and contexts made once, re-keyed for each record. Single DES is in
// the legacy provider. Slower than what is here: EVP_MAC for CMAC (1.45 times), and CBC for MAC
// algorithm 3 (1.04 times); EVP_EncryptUpdate takes as long as EVP_Cipher.
#include "chain.h"
#include "peer_list.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <stdlib.h>

typedef struct session {
    EVP_CIPHER_CTX *issuer, *card; // TDES or AES
    EVP_CIPHER_CTX *left, *right;  // DES under the halves of the session key
    EVP_CIPHER_CTX *chain;         // AES CBC under the session key
} session;

static void require(int succeeded) {
    if (!succeeded) abort();
}

static const char *version(void) {
    return OpenSSL_version(OPENSSL_VERSION_STRING);
}

static EVP_CIPHER_CTX *open_context(const char *name) {
    EVP_CIPHER_CTX *const context = EVP_CIPHER_CTX_new();
    EVP_CIPHER *const cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    require(context && cipher);
    require(EVP_EncryptInit_ex2(context, cipher, NULL, NULL, NULL));
    require(EVP_CIPHER_CTX_set_padding(context, 0));
    EVP_CIPHER_free(cipher); // the context keeps it
    return context;
}

static void set_key(EVP_CIPHER_CTX *context, const uint8_t *key, const uint8_t *initial) {
    require(EVP_EncryptInit_ex2(context, NULL, key, initial, NULL));
}

static void run(EVP_CIPHER_CTX *context, uint8_t *out, const uint8_t *in, size_t length) {
    require(EVP_Cipher(context, out, in, (unsigned)length) > 0);
}

static session *allocate(void) {
    session *const new = calloc(1, sizeof *new);
    require(new != NULL);
    return new;
}

static void *open_tdes(const uint8_t *issuer_key) {
    require(OSSL_PROVIDER_load(NULL, "default") && OSSL_PROVIDER_load(NULL, "legacy"));
    session *const new = allocate();
    new->issuer = open_context("DES-EDE");
    new->card = open_context("DES-EDE");
    new->left = open_context("DES-ECB");
    new->right = open_context("DES-ECB");
    set_key(new->issuer, issuer_key, NULL);
    return new;
}

static void close_session(void *opened) {
    session *const old = opened;
    EVP_CIPHER_CTX_free(old->issuer);
    EVP_CIPHER_CTX_free(old->card);
    EVP_CIPHER_CTX_free(old->left);
    EVP_CIPHER_CTX_free(old->right);
    EVP_CIPHER_CTX_free(old->chain);
    free(old);
}

static void encrypt(void *opened, uint8_t *blocks, size_t length) {
    const session *const keys = opened;
    run(keys->issuer, blocks, blocks, length);
}

static void compute(void *opened, uint8_t state[8], const uint8_t card_key[16],
                    const peer_record *record, const uint8_t *data) {
    const session *const keys = opened;
    uint8_t key[16];
    set_key(keys->card, card_key, NULL);
    chain_session_input(key, record);
    run(keys->card, key, key, sizeof key);
    set_key(keys->left, key, NULL);
    require(EVP_DecryptInit_ex2(keys->right, NULL, key + 8, NULL, NULL));
    memset(state, 0, 8);
    for (size_t i = 0; i < PEER_DATA_BYTES; i += 8) {
        chain_xor(state, data + i, 8);
        run(keys->left, state, state, 8);
    }
    run(keys->right, state, state, 8);
    run(keys->left, state, state, 8);
}

static void respond(void *opened, uint8_t block[8]) {
    const session *const keys = opened;
    run(keys->left, block, block, 8);
    run(keys->right, block, block, 8);
    run(keys->left, block, block, 8);
}

static void verify_tdes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_card_input, encrypt, compute, respond};
    chain_verify(opened, &steps, batch);
}

static void *open_aes(const uint8_t *issuer_key) {
    session *const new = allocate();
    new->issuer = open_context("AES-128-ECB");
    new->card = open_context("AES-128-ECB");
    new->chain = open_context("AES-128-CBC");
    set_key(new->issuer, issuer_key, NULL);
    return new;
}

static const uint8_t zero[16];

static void compute_aes(void *opened, uint8_t cryptogram[8], const uint8_t card_key[16],
                        const peer_record *record, const uint8_t *data) {
    const session *const keys = opened;
    uint8_t key[16], state[16], blocks[PEER_DATA_BYTES];
    set_key(keys->card, card_key, NULL);
    chain_aes_session_input(state, record);
    run(keys->card, key, state, 16);
    set_key(keys->chain, key, zero);
    run(keys->chain, state, zero, 16);
    chain_cmac_input(blocks, data, state);
    run(keys->chain, blocks, blocks, PEER_DATA_BYTES);
    memcpy(cryptogram, blocks + PEER_DATA_BYTES - 16, 8);
}

static void verify_aes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_aes_card_input, encrypt, compute_aes, NULL};
    chain_verify(opened, &steps, batch);
}

const peer peer_openssl_evp = {
    .name = "openssl-evp",
    .version = version,
    .tdes = {.open = open_tdes, .verify = verify_tdes, .close = close_session},
    .aes = {.open = open_aes, .verify = verify_aes, .close = close_session},
};
