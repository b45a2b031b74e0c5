// What no library does for its user: the inputs of each step, and the way from step to step.
#ifndef CHAIN_H
#define CHAIN_H

#include "peer.h"
#include <string.h>

static inline void chain_xor(uint8_t *state, const uint8_t *block, size_t length) {
    for (size_t i = 0; i < length; i += 8) {
        uint64_t left, right;
        memcpy(&left, state + i, 8);
        memcpy(&right, block + i, 8);
        left ^= right;
        memcpy(state + i, &left, 8);
    }
}

// The ICC master key is the encryption of these two blocks [EMV Book 2, A1.4.1].
static inline void chain_card_input(uint8_t blocks[16], const peer_record *record) {
    memcpy(blocks, record->account + 8, 8);
    for (size_t byte = 0; byte < 8; byte++)
        blocks[8 + byte] = record->account[8 + byte] ^ 0xFF;
}

static inline void chain_aes_card_input(uint8_t block[16], const peer_record *record) {
    memcpy(block, record->account, 16); // [EMV Book 2, A1.4.3]
}

// The session key is the encryption of these two blocks [EMV Book 2, A1.3.1].
static inline void chain_session_input(uint8_t blocks[16], const peer_record *record) {
    memset(blocks, 0, 16);
    blocks[0] = blocks[8] = record->counter[0];
    blocks[1] = blocks[9] = record->counter[1];
    blocks[2] = 0xF0;
    blocks[10] = 0x0F;
}

// The ARPC is the encryption of this block [EMV Book 2, 8.2.1].
static inline void chain_response_input(uint8_t block[8], const uint8_t cryptogram[8],
                                        const uint8_t code[2]) {
    memcpy(block, cryptogram, 8);
    block[0] ^= code[0];
    block[1] ^= code[1];
}

// The AES session key is the encryption of this block [EMV Book 2, A1.3.1].
static inline void chain_aes_session_input(uint8_t block[16], const peer_record *record) {
    memset(block, 0, 16);
    memcpy(block, record->counter, 2);
}

// CMAC by a library's CBC mode [NIST SP 800-38B, 6.2]: after a block of zeros, which gives the
// encryption of zero, these blocks. XOR of that into the first one undoes the chaining, and the
// last one takes the key K1.
static inline void chain_cmac_input(uint8_t blocks[PEER_DATA_BYTES], const uint8_t *data,
                                    const uint8_t zero_encrypted[16]) {
    uint64_t high, low;
    memcpy(&high, zero_encrypted, 8);
    memcpy(&low, zero_encrypted + 8, 8);
    high = __builtin_bswap64(high);
    low = __builtin_bswap64(low);
    const uint64_t key[2] = {__builtin_bswap64(high << 1 | low >> 63),
                             __builtin_bswap64(low << 1 ^ (high >> 63 ? 0x87 : 0))};
    memcpy(blocks, data, PEER_DATA_BYTES);
    chain_xor(blocks, zero_encrypted, 16);
    chain_xor(blocks + PEER_DATA_BYTES - 16, (const uint8_t *)key, 16);
}

// How a library does a chain; the functions are inlined, so that calls of them are direct.
typedef struct chain_steps {
    // The inputs of an ICC master key: 16 bytes that the issuer key encrypts.
    void (*card_input)(uint8_t blocks[16], const peer_record *record);
    // Encrypts blocks under the issuer key.
    void (*encrypt)(void *session, uint8_t *blocks, size_t length);
    // The cryptogram that a record should have; leaves its session key in the session.
    void (*compute)(void *session, uint8_t cryptogram[8], const uint8_t card_key[16],
                    const peer_record *record, const uint8_t *data);
    // Encrypts the ARPC's input under that session key; NULL for none.
    void (*respond)(void *session, uint8_t block[8]);
} chain_steps;

static inline __attribute__((always_inline)) void
chain_verify_record(void *session, const chain_steps *steps, const peer_batch *batch, size_t index,
                    const uint8_t card_key[16]) {
    const peer_record *const record = &batch->records[index];
    peer_result *const result = &batch->results[index];
    uint8_t computed[8];
    steps->compute(session, computed, card_key, record, batch->data + PEER_DATA_BYTES * index);
    result->verified = memcmp(computed, record->cryptogram, 8) == 0;
    if (!result->verified || !batch->response_code || !steps->respond) return;
    chain_response_input(result->response, computed, batch->response_code);
    steps->respond(session, result->response);
}

// The card keys of some records take one call, as all are made under one key; the rest is done
// record by record.
static inline __attribute__((always_inline)) void
chain_verify(void *session, const chain_steps *steps, const peer_batch *batch) {
    enum { GROUP = 64 };
    uint8_t card_keys[GROUP][16];
    for (size_t start = 0; start < batch->count; start += GROUP) {
        const size_t left = batch->count - start, count = left < GROUP ? left : GROUP;
        for (size_t i = 0; i < count; i++)
            steps->card_input(card_keys[i], &batch->records[start + i]);
        steps->encrypt(session, card_keys[0], 16 * count);
        for (size_t i = 0; i < count; i++)
            chain_verify_record(session, steps, batch, start + i, card_keys[i]);
    }
}

#endif
