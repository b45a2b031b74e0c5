// libgcrypt: four handles that are opened once. The issuer key is set once, the others are re-keyed
// for each record. The session key goes into two DES handles and not into a TDES one: that is two
// key schedules instead of four, and both are there for the ARPC. (Its CBC-MAC flag takes as long
// as the calls for single blocks here.)
#include "peer_list.h"
#include <gcrypt.h>
#include <stdlib.h>
#include <string.h>

typedef struct session {
    gcry_cipher_hd_t issuer;      // TDES
    gcry_cipher_hd_t card;        // TDES
    gcry_cipher_hd_t left, right; // DES under the halves of the session key
} session;

static void require(gcry_error_t error) {
    if (error) abort();
}

// What the manual asks of an application before any other call ("Initializing the library").
static void initialize(void) {
    if (!gcry_check_version("1.8.0")) abort();
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) return;
    require(gcry_control(GCRYCTL_DISABLE_SECMEM, 0));
    require(gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0));
}

static gcry_cipher_hd_t open_handle(int algorithm) {
    gcry_cipher_hd_t handle;
    require(gcry_cipher_open(&handle, algorithm, GCRY_CIPHER_MODE_ECB, 0));
    require(gcry_cipher_ctl(handle, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1));
    return handle;
}

// A weak key is reported, but set.
static void set_key(gcry_cipher_hd_t handle, const uint8_t *key, size_t length) {
    const gcry_error_t error = gcry_cipher_setkey(handle, key, length);
    if (gcry_err_code(error) != GPG_ERR_WEAK_KEY) require(error);
}

// libgcrypt has no two-key TDES: the first key stands again as the third.
static void set_two_keys(gcry_cipher_hd_t handle, const uint8_t key[static 16]) {
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

static void exclusive_or(uint8_t state[static 8], const uint8_t block[static 8]) {
    uint64_t left, right;
    memcpy(&left, state, 8);
    memcpy(&right, block, 8);
    left ^= right;
    memcpy(state, &left, 8);
}

static const char *version(void) {
    return gcry_check_version(NULL);
}

static void *open_session(const uint8_t issuer_key[static 16]) {
    initialize();
    session *const new = malloc(sizeof *new);
    if (!new) abort();
    new->issuer = open_handle(GCRY_CIPHER_3DES);
    new->card = open_handle(GCRY_CIPHER_3DES);
    new->left = open_handle(GCRY_CIPHER_DES);
    new->right = open_handle(GCRY_CIPHER_DES);
    set_two_keys(new->issuer, issuer_key);
    return new;
}

static void close_session(void *opened) {
    session *const old = opened;
    gcry_cipher_close(old->issuer);
    gcry_cipher_close(old->card);
    gcry_cipher_close(old->left);
    gcry_cipher_close(old->right);
    free(old);
}

// The ICC master key [EMV Book 2, A1.4.1] into the handle `card`.
static void derive_card_key(const session *keys, const uint8_t account[static 8]) {
    uint8_t key[16];
    memcpy(key, account, 8);
    for (size_t byte = 0; byte < 8; byte++)
        key[8 + byte] = account[byte] ^ 0xFF;
    encrypt(keys->issuer, key, sizeof key);
    set_two_keys(keys->card, key);
}

// The common session key [EMV Book 2, A1.3.1] into the handles `left` and `right`.
static void derive_session_key(const session *keys, const uint8_t counter[static 2]) {
    uint8_t key[16] = {counter[0], counter[1], 0xF0, [8] = counter[0], counter[1], 0x0F};
    encrypt(keys->card, key, sizeof key);
    set_key(keys->left, key, 8);
    set_key(keys->right, key + 8, 8);
}

// MAC algorithm 3 [ISO/IEC 9797-1, 7.3].
static void mac(const session *keys, uint8_t state[static 8], const uint8_t *data) {
    memset(state, 0, 8);
    for (size_t block = 0; block < PEER_DATA_BYTES / 8; block++) {
        exclusive_or(state, data + 8 * block);
        encrypt(keys->left, state, 8);
    }
    decrypt(keys->right, state, 8);
    encrypt(keys->left, state, 8);
}

// ARPC method 1 [EMV Book 2, 8.2.1].
static void respond(const session *keys, uint8_t response[static 8],
                    const uint8_t cryptogram[static 8], const uint8_t code[static 2]) {
    memcpy(response, cryptogram, 8);
    response[0] ^= code[0];
    response[1] ^= code[1];
    encrypt(keys->left, response, 8);
    decrypt(keys->right, response, 8);
    encrypt(keys->left, response, 8);
}

static void verify(void *opened, const peer_batch *batch) {
    const session *const keys = opened;
    for (size_t i = 0; i < batch->count; i++) {
        const peer_record *const record = &batch->records[i];
        peer_result *const result = &batch->results[i];
        uint8_t computed[8];
        derive_card_key(keys, record->account);
        derive_session_key(keys, record->counter);
        mac(keys, computed, batch->data + PEER_DATA_BYTES * i);
        result->verified = memcmp(computed, record->cryptogram, 8) == 0;
        if (result->verified && batch->response_code)
            respond(keys, result->response, computed, batch->response_code);
    }
}

const peer peer_libgcrypt = {
    .name = "libgcrypt",
    .version = version,
    .open = open_session,
    .verify = verify,
    .close = close_session,
};
