// Shared keys, padding and MACs over sliced blocks, in terms of any backend's operations.
#include "cipher_kernel.h"

static void *block_at(const ck_cipher *cipher, void *blocks, size_t index) {
    return (uint8_t *)blocks + index * cipher->sliced_bytes;
}

static void zero(const ck_cipher *cipher, void *block) {
    cipher->fill(block, NULL, 0);
}

void ck_prepare_one(const ck_cipher *cipher, void *prepared, const uint8_t *key, size_t key_bytes,
                    void *scratch) {
    if (cipher->prepare_one) {
        cipher->prepare_one(prepared, key, key_bytes);
        return;
    }
    cipher->fill(scratch, key, key_bytes);
    cipher->prepare(prepared, scratch, key_bytes);
}

size_t ck_padded_count(const ck_cipher *cipher, size_t length, ck_padding padding) {
    const size_t whole = length / cipher->block_bytes;
    const bool started = length % cipher->block_bytes != 0;
    if (padding == CK_PADDING_METHOD_2) return whole + 1;
    if (padding == CK_PADDING_METHOD_1 && length == 0) return 1;
    return whole + started;
}

// XORs the one bit of method 2 into byte `position` of a block that has zeros there.
static void add_one_bit(const ck_cipher *cipher, void *block, size_t position) {
    static const int8_t identity[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    uint8_t constant[16] = {0};
    constant[position] = 0x80;
    cipher->arrange(block, block, identity, constant);
}

void ck_pad(const ck_cipher *cipher, void *blocks, size_t length, ck_padding padding) {
    const size_t used = length % cipher->block_bytes;
    void *last = block_at(cipher, blocks, length / cipher->block_bytes);
    const bool empty = length == 0 && padding == CK_PADDING_METHOD_1;
    if (empty || (padding == CK_PADDING_METHOD_2 && used == 0)) zero(cipher, last);
    if (padding == CK_PADDING_METHOD_2) add_one_bit(cipher, last, used);
}

void ck_mac_algorithm_1(const ck_cipher *cipher, void *mac, const void *blocks, size_t count,
                        const void *prepared) {
    zero(cipher, mac);
    cipher->chain(mac, blocks, count, prepared, false, NULL);
}

void ck_mac_algorithm_3(const ck_cipher *cipher, void *mac, const void *blocks, size_t count,
                        const void *prepared, ck_ahead *ahead) {
    const uint8_t *last = (const uint8_t *)blocks + (count - 1) * cipher->sliced_bytes;
    zero(cipher, mac);
    cipher->chain(mac, blocks, count - 1, prepared, true, ahead);
    cipher->chain(mac, last, 1, prepared, false, ahead);
}

void ck_cmac(const ck_cipher *cipher, void *mac, void *blocks, size_t length, const void *prepared,
             void *scratch, ck_ahead *ahead) {
    const bool complete = length != 0 && length % cipher->block_bytes == 0;
    if (!complete) ck_pad(cipher, blocks, length, CK_PADDING_METHOD_2);
    const size_t count =
        ck_padded_count(cipher, length, complete ? CK_PADDING_NONE : CK_PADDING_METHOD_2);
    void *last = block_at(cipher, blocks, count - 1);
    if (cipher->cmac) {
        cipher->cmac(mac, blocks, count, complete, prepared, ahead);
        return;
    }

    // The subkeys K1 and K2 are the encrypted zero block times x, once or twice.
    zero(cipher, mac);
    cipher->encrypt(mac, mac, 1, prepared, ahead);
    cipher->times_x(scratch, mac);
    if (!complete) {
        cipher->times_x(mac, scratch);
        cipher->exclusive_or(last, last, mac);
    } else {
        cipher->exclusive_or(last, last, scratch);
    }
    zero(cipher, mac);
    cipher->chain(mac, blocks, count, prepared, false, ahead);
}
