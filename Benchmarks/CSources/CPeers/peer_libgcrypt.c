// libgcrypt: handles that are opened once. The issuer key is set once, the others are re-keyed for
// each record. The session key goes into two DES handles and not into a TDES one: that is two key
// schedules instead of four, and both are there for the ARPC. (Its CBC-MAC flag takes as long as
// the calls for single blocks here, and its CMAC longer.)
#include "chain.h"
#include "peer_list.h"
#include <gcrypt.h>
#include <stdlib.h>

typedef struct session {
    gcry_cipher_hd_t issuer;      // TDES
    gcry_cipher_hd_t card;        // TDES
    gcry_cipher_hd_t left, right; // DES under the halves of the session key
} session;

typedef struct aes_session {
    gcry_cipher_hd_t issuer, card; // ECB
    gcry_cipher_hd_t transaction;  // CBC
} aes_session;

static void require(gcry_error_t error) {
    if (error) abort();
}

static void *allocate(size_t size) {
    void *const memory = calloc(1, size);
    if (!memory) abort();
    return memory;
}

static const char *version(void) {
    return gcry_check_version(NULL);
}

// What the manual asks of an application before any other call ("Initializing the library").
static void initialize(void) {
    if (!gcry_check_version("1.8.0")) abort();
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) return;
    require(gcry_control(GCRYCTL_DISABLE_SECMEM, 0));
    require(gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0));
}

static gcry_cipher_hd_t open_handle(int algorithm, int mode) {
    gcry_cipher_hd_t handle;
    initialize();
    require(gcry_cipher_open(&handle, algorithm, mode, 0));
    if (algorithm != GCRY_CIPHER_AES)
        require(gcry_cipher_ctl(handle, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1));
    return handle;
}

// A weak key is reported, but set.
static void set_key(gcry_cipher_hd_t handle, const uint8_t *key, size_t length) {
    const gcry_error_t error = gcry_cipher_setkey(handle, key, length);
    if (gcry_err_code(error) != GPG_ERR_WEAK_KEY) require(error);
}

// libgcrypt has no two-key TDES: the first key stands again as the third.
static void set_two_keys(gcry_cipher_hd_t handle, const uint8_t key[16]) {
    uint8_t three[24];
    memcpy(three, key, 16);
    memcpy(three + 16, key, 8);
    set_key(handle, three, sizeof three);
}

static void encrypt(gcry_cipher_hd_t handle, uint8_t *blocks, size_t length) {
    require(gcry_cipher_encrypt(handle, blocks, length, NULL, 0));
}

static void decrypt(gcry_cipher_hd_t handle, uint8_t *blocks, size_t length) {
    require(gcry_cipher_decrypt(handle, blocks, length, NULL, 0));
}

static void *open_tdes(const uint8_t *issuer_key) {
    session *const new = allocate(sizeof *new);
    new->issuer = open_handle(GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_ECB);
    new->card = open_handle(GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_ECB);
    new->left = open_handle(GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB);
    new->right = open_handle(GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB);
    set_two_keys(new->issuer, issuer_key);
    return new;
}

static void close_tdes(void *opened) {
    session *const old = opened;
    gcry_cipher_close(old->issuer);
    gcry_cipher_close(old->card);
    gcry_cipher_close(old->left);
    gcry_cipher_close(old->right);
    free(old);
}

static void encrypt_tdes(void *opened, uint8_t *blocks, size_t length) {
    const session *const keys = opened;
    encrypt(keys->issuer, blocks, length);
}

static void compute(void *opened, uint8_t state[8], const uint8_t card_key[16],
                    const peer_record *record, const uint8_t *data) {
    const session *const keys = opened;
    uint8_t key[16];
    set_two_keys(keys->card, card_key);
    chain_session_input(key, record);
    encrypt(keys->card, key, sizeof key);
    set_key(keys->left, key, 8);
    set_key(keys->right, key + 8, 8);
    memset(state, 0, 8);
    for (size_t i = 0; i < PEER_DATA_BYTES; i += 8) {
        chain_xor(state, data + i, 8);
        encrypt(keys->left, state, 8);
    }
    decrypt(keys->right, state, 8);
    encrypt(keys->left, state, 8);
}

static void respond(void *opened, uint8_t block[8]) {
    const session *const keys = opened;
    encrypt(keys->left, block, 8);
    decrypt(keys->right, block, 8);
    encrypt(keys->left, block, 8);
}

static void verify_tdes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_card_input, encrypt_tdes, compute, respond};
    chain_verify(opened, &steps, batch);
}

static void *open_aes(const uint8_t *issuer_key) {
    aes_session *const new = allocate(sizeof *new);
    new->issuer = open_handle(GCRY_CIPHER_AES, GCRY_CIPHER_MODE_ECB);
    new->card = open_handle(GCRY_CIPHER_AES, GCRY_CIPHER_MODE_ECB);
    new->transaction = open_handle(GCRY_CIPHER_AES, GCRY_CIPHER_MODE_CBC);
    set_key(new->issuer, issuer_key, 16);
    return new;
}

static void close_aes(void *opened) {
    aes_session *const old = opened;
    gcry_cipher_close(old->issuer);
    gcry_cipher_close(old->card);
    gcry_cipher_close(old->transaction);
    free(old);
}

static void encrypt_aes(void *opened, uint8_t *blocks, size_t length) {
    const aes_session *const keys = opened;
    encrypt(keys->issuer, blocks, length);
}

static void compute_aes(void *opened, uint8_t cryptogram[8], const uint8_t card_key[16],
                        const peer_record *record, const uint8_t *data) {
    const aes_session *const keys = opened;
    uint8_t key[16], state[16] = {0}, blocks[PEER_DATA_BYTES];
    set_key(keys->card, card_key, 16);
    chain_aes_session_input(key, record);
    encrypt(keys->card, key, 16);
    set_key(keys->transaction, key, 16);
    require(gcry_cipher_setiv(keys->transaction, NULL, 0));
    encrypt(keys->transaction, state, 16);
    chain_cmac_input(blocks, data, state);
    encrypt(keys->transaction, blocks, PEER_DATA_BYTES);
    memcpy(cryptogram, blocks + PEER_DATA_BYTES - 16, 8);
}

static void verify_aes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_aes_card_input, encrypt_aes, compute_aes, NULL};
    chain_verify(opened, &steps, batch);
}

const peer peer_libgcrypt = {
    .name = "libgcrypt",
    .version = version,
    .tdes = {.open = open_tdes, .verify = verify_tdes, .close = close_tdes},
    .aes = {.open = open_aes, .verify = verify_aes, .close = close_aes},
};
