#define OPENSSL_SUPPRESS_DEPRECATED
#include "reference.h"
#include <openssl/aes.h>
#include <openssl/cmac.h>
#include <openssl/des.h>
#include <stdlib.h>
#include <string.h>

typedef struct tdes_key {
    DES_key_schedule left, right;
} tdes_key;

static void set_key(tdes_key *key, const uint8_t bytes[16]) {
    DES_set_key_unchecked((const_DES_cblock *)bytes, &key->left);
    DES_set_key_unchecked((const_DES_cblock *)(bytes + 8), &key->right);
}

// out := E(left half of the input) ‖ E(right half of the input)
static void derive(uint8_t out[16], const uint8_t input[16], const uint8_t key_bytes[16]) {
    tdes_key key;
    set_key(&key, key_bytes);
    for (size_t half = 0; half < 16; half += 8)
        DES_ecb3_encrypt((const_DES_cblock *)(input + half), (DES_cblock *)(out + half), &key.left,
                         &key.right, &key.left, DES_ENCRYPT);
}

void reference_tdes(uint8_t *cryptogram, const uint8_t *issuer_key, const peer_record *record,
                    const uint8_t *data, size_t length) {
    uint8_t account[16], diversifier[16] = {0}, card_key[16], session_key[16];
    memcpy(account, record->account + 8, 8);
    for (size_t byte = 0; byte < 8; byte++)
        account[8 + byte] = (uint8_t)~account[byte];
    derive(card_key, account, issuer_key);
    memcpy(diversifier, record->counter, 2);
    diversifier[2] = 0xF0;
    memcpy(diversifier + 8, record->counter, 2);
    diversifier[10] = 0x0F;
    derive(session_key, diversifier, card_key);
    // MAC algorithm 3 [ISO/IEC 9797-1, 7.3]
    tdes_key key;
    set_key(&key, session_key);
    DES_cblock state = {0};
    for (size_t i = 0; i < length; i++) {
        state[i % 8] ^= data[i];
        if (i % 8 == 7) DES_ecb_encrypt(&state, &state, &key.left, DES_ENCRYPT);
    }
    DES_ecb_encrypt(&state, &state, &key.right, DES_DECRYPT);
    DES_ecb_encrypt(&state, &state, &key.left, DES_ENCRYPT);
    memcpy(cryptogram, state, 8);
}

static void derive_aes(uint8_t out[16], const uint8_t input[16], const uint8_t key_bytes[16]) {
    AES_KEY key;
    if (AES_set_encrypt_key(key_bytes, 128, &key)) abort();
    AES_encrypt(input, out, &key);
}

void reference_aes(uint8_t *cryptogram, const uint8_t *issuer_key, const peer_record *record,
                   const uint8_t *data, size_t length) {
    uint8_t diversifier[16] = {0}, card_key[16], session_key[16], mac[16];
    size_t mac_length;
    derive_aes(card_key, record->account, issuer_key);
    memcpy(diversifier, record->counter, 2);
    derive_aes(session_key, diversifier, card_key);
    CMAC_CTX *const context = CMAC_CTX_new();
    if (!context || !CMAC_Init(context, session_key, 16, EVP_aes_128_cbc(), NULL) ||
        !CMAC_Update(context, data, length) || !CMAC_Final(context, mac, &mac_length))
        abort();
    CMAC_CTX_free(context);
    memcpy(cryptogram, mac, 8);
}
