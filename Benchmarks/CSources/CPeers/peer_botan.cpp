// Botan: its C++ classes, whose key schedules are re-used from record to record. Two blocks under
// one key go in one call, which it interleaves.
#include "chain.h"

extern "C" {
#include "peer_list.h"
}

#include <botan/block_cipher.h>
#include <botan/version.h>

namespace {

using Cipher = std::unique_ptr<Botan::BlockCipher>;

struct Session {
    Cipher issuer = Botan::BlockCipher::create_or_throw("TripleDES");
    Cipher card = Botan::BlockCipher::create_or_throw("TripleDES");
    Cipher left = Botan::BlockCipher::create_or_throw("DES"); // of the session key
    Cipher right = Botan::BlockCipher::create_or_throw("DES");
};

struct AESSession {
    Cipher issuer = Botan::BlockCipher::create_or_throw("AES-128");
    Cipher card = Botan::BlockCipher::create_or_throw("AES-128");
    Cipher transaction = Botan::BlockCipher::create_or_throw("AES-128");
};

const char *version() {
    return Botan::short_version_cstr();
}

void *open_tdes(const uint8_t *issuer_key) {
    auto *const session = new Session;
    session->issuer->set_key(issuer_key, 16);
    return session;
}

void close_tdes(void *opened) {
    delete static_cast<Session *>(opened);
}

void encrypt(void *opened, uint8_t *blocks, size_t length) {
    static_cast<Session *>(opened)->issuer->encrypt_n(blocks, blocks, length / 8);
}

void compute(void *opened, uint8_t state[8], const uint8_t card_key[16], const peer_record *record,
             const uint8_t *data) {
    Session &keys = *static_cast<Session *>(opened);
    uint8_t key[16];
    keys.card->set_key(card_key, 16);
    chain_session_input(key, record);
    keys.card->encrypt_n(key, key, 2);
    keys.left->set_key(key, 8);
    keys.right->set_key(key + 8, 8);
    memset(state, 0, 8);
    for (size_t i = 0; i < PEER_DATA_BYTES; i += 8) {
        chain_xor(state, data + i, 8);
        keys.left->encrypt(state);
    }
    keys.right->decrypt(state);
    keys.left->encrypt(state);
}

void respond(void *opened, uint8_t block[8]) {
    const Session &keys = *static_cast<Session *>(opened);
    keys.left->encrypt(block);
    keys.right->decrypt(block);
    keys.left->encrypt(block);
}

void verify_tdes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_card_input, encrypt, compute, respond};
    chain_verify(opened, &steps, batch);
}

void *open_aes(const uint8_t *issuer_key) {
    auto *const session = new AESSession;
    session->issuer->set_key(issuer_key, 16);
    return session;
}

void close_aes(void *opened) {
    delete static_cast<AESSession *>(opened);
}

void encrypt_aes(void *opened, uint8_t *blocks, size_t length) {
    static_cast<AESSession *>(opened)->issuer->encrypt_n(blocks, blocks, length / 16);
}

void compute_aes(void *opened, uint8_t cryptogram[8], const uint8_t card_key[16],
                 const peer_record *record, const uint8_t *data) {
    AESSession &keys = *static_cast<AESSession *>(opened);
    uint8_t key[16], state[16] = {0}, blocks[PEER_DATA_BYTES];
    keys.card->set_key(card_key, 16);
    chain_aes_session_input(key, record);
    keys.card->encrypt(key);
    keys.transaction->set_key(key, 16);
    keys.transaction->encrypt(state);
    chain_cmac_input(blocks, data, state);
    for (size_t i = 0; i < PEER_DATA_BYTES; i += 16) {
        chain_xor(state, blocks + i, 16);
        keys.transaction->encrypt(state);
    }
    memcpy(cryptogram, state, 8);
}

void verify_aes(void *opened, const peer_batch *batch) {
    static const chain_steps steps = {chain_aes_card_input, encrypt_aes, compute_aes, nullptr};
    chain_verify(opened, &steps, batch);
}

} // namespace

extern "C" const peer peer_botan = {
    "botan",
    version,
    {open_tdes, verify_tdes, close_tdes},
    {open_aes, verify_aes, close_aes},
};
