// Writes a stream of random cases with libgcrypt's results, a key for each row, until there are
// `blocks` blocks of DES and TDES and as many of AES:
//
//   reference SEED BLOCKS [SECRETS BYTES]
//
// SEED and SECRETS, in hexadecimal, are those of the cases' shapes and of their keys and messages:
// streams of one SEED have the same public values. BYTES: what most messages have at most.
#define GCRYPT_NO_DEPRECATED
#include "case.h"
#include <gcrypt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t shapes, secrets; // states of SplitMix64
static uint32_t most_bytes = CASE_MESSAGE_BYTES;
static uint8_t rows[CASE_ROWS * CASE_ROW_BYTES];

static void check(gcry_error_t error) {
    if (!error) return;
    fprintf(stderr, "libgcrypt: %s\n", gcry_strerror(error));
    exit(1);
}

// SplitMix64 [Steele, Lea, Flood 2014].
static uint64_t random_word(uint64_t *state) {
    uint64_t word = *state += 0x9E3779B97F4A7C15;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
}

static uint32_t random_below(uint32_t limit) {
    return (uint32_t)(random_word(&shapes) % limit);
}

static void random_bytes(uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i += 8) {
        const uint64_t word = random_word(&secrets);
        memcpy(bytes + i, &word, length - i < 8 ? length - i : 8);
    }
}

// A handle for each cipher and mode, opened once.
static gcry_cipher_hd_t handle(int algorithm, int mode) {
    enum { ALGORITHMS = 400, MODES = 8 };
    static gcry_cipher_hd_t handles[ALGORITHMS][MODES];
    gcry_cipher_hd_t *const opened = &handles[algorithm][mode];
    if (!*opened) check(gcry_cipher_open(opened, algorithm, mode, 0));
    return *opened;
}

// The handle under a key; libgcrypt has no two-key TDES: the first key stands again as the third.
static gcry_cipher_hd_t keyed(uint32_t cipher, int mode, const uint8_t *key, size_t length) {
    uint8_t bytes[32];
    memcpy(bytes, key, length);
    int algorithm = GCRY_CIPHER_DES;
    if (cipher == case_aes) {
        algorithm = length == 16   ? GCRY_CIPHER_AES128
                    : length == 24 ? GCRY_CIPHER_AES192
                                   : GCRY_CIPHER_AES256;
    } else if (length > 8) {
        algorithm = GCRY_CIPHER_3DES;
        if (length == 16) memcpy(bytes + 16, key, 8);
        length = 24;
    }
    check(gcry_cipher_setkey(handle(algorithm, mode), bytes, length));
    return handle(algorithm, mode);
}

static void encrypt(uint32_t cipher, const uint8_t *key, size_t key_bytes, uint8_t *out,
                    const uint8_t *in, size_t length) {
    const gcry_cipher_hd_t ecb = keyed(cipher, GCRY_CIPHER_MODE_ECB, key, key_bytes);
    check(gcry_cipher_encrypt(ecb, out, length, in, length));
}

static void decrypt(uint32_t cipher, const uint8_t *key, size_t key_bytes, uint8_t *out,
                    const uint8_t *in, size_t length) {
    const gcry_cipher_hd_t ecb = keyed(cipher, GCRY_CIPHER_MODE_ECB, key, key_bytes);
    check(gcry_cipher_decrypt(ecb, out, length, in, length));
}

// The length after ISO/IEC 9797-1 padding in place; there is room for it.
static size_t pad(uint8_t *message, size_t length, size_t block_bytes, uint32_t padding) {
    const size_t start = length;
    if (padding == 2) message[length++] = 0x80;
    if (padding == 1 && length == 0) message[length++] = 0;
    while (padding != 0 && length % block_bytes != 0)
        message[length++] = 0;
    return padding == 0 ? start : length;
}

// The last block of a CBC encryption from a zero block on.
static void cbc_mac(uint32_t cipher, const uint8_t *key, size_t key_bytes, uint8_t *mac,
                    const uint8_t *padded, size_t length) {
    static const uint8_t zero[16];
    const size_t block_bytes = cipher == case_des ? 8 : 16;
    uint8_t encrypted[CASE_MESSAGE_BYTES + 16];
    const gcry_cipher_hd_t cbc = keyed(cipher, GCRY_CIPHER_MODE_CBC, key, key_bytes);
    check(gcry_cipher_setiv(cbc, zero, block_bytes));
    check(gcry_cipher_encrypt(cbc, encrypted, length, padded, length));
    memcpy(mac, encrypted + length - block_bytes, block_bytes);
}

static void mac_1(const case_header *header, uint8_t *mac, const uint8_t *key,
                  const uint8_t *message) {
    uint8_t padded[CASE_MESSAGE_BYTES + 16];
    memcpy(padded, message, header->message_bytes);
    const size_t length =
        pad(padded, header->message_bytes, header->cipher == case_des ? 8 : 16, header->padding);
    cbc_mac(header->cipher, key, header->key_bytes, mac, padded, length);
}

// CBC-MAC under the first key, decryption under the second, encryption under the first.
static void mac_3(uint8_t *mac, const uint8_t *key, const uint8_t *message, size_t length,
                  uint32_t padding) {
    uint8_t padded[CASE_MESSAGE_BYTES + 16], decrypted[8];
    memcpy(padded, message, length);
    length = pad(padded, length, 8, padding);
    cbc_mac(case_des, key, 8, mac, padded, length);
    decrypt(case_des, key + 8, 8, decrypted, mac, 8);
    encrypt(case_des, key, 8, mac, decrypted, 8);
}

static void cmac(const case_header *header, uint8_t *mac, const uint8_t *key,
                 const uint8_t *message) {
    static gcry_mac_hd_t opened;
    if (!opened) check(gcry_mac_open(&opened, GCRY_MAC_CMAC_AES, 0, NULL));
    check(gcry_mac_setkey(opened, key, header->key_bytes));
    check(gcry_mac_reset(opened));
    check(gcry_mac_write(opened, message, header->message_bytes));
    size_t length = 16;
    check(gcry_mac_read(opened, mac, &length));
}

static void cryptogram(const case_header *header, uint8_t *result, const uint8_t *key,
                       const uint8_t *message) {
    uint8_t card[16], session[16];
    for (size_t i = 0; i < 8; i++) {
        card[i] = message[i];
        card[8 + i] = message[i] ^ 0xFF;
        session[i] = session[8 + i] = message[8 + i];
    }
    session[2] = 0xF0;
    session[10] = 0x0F;
    encrypt(case_des, key, 16, card, card, 16);
    encrypt(case_des, card, 16, session, session, 16);
    mac_3(result, session, message + 16, header->message_bytes - 16, header->padding);
    memcpy(result + 8, result, 8);
    result[8] ^= 0x30;
    result[9] ^= 0x30;
    encrypt(case_des, session, 16, result + 8, result + 8, 8);
}

static void write_row(const case_header *header, uint8_t *row) {
    const uint8_t *const key = row, *const message = row + header->key_bytes;
    uint8_t *const result = row + header->key_bytes + header->message_bytes;
    const size_t length = header->message_bytes;
    random_bytes(row, header->key_bytes + length);
    switch ((enum case_operation)header->operation) {
    case case_encrypt:
        return encrypt(header->cipher, key, header->key_bytes, result, message, length);
    case case_decrypt:
        return decrypt(header->cipher, key, header->key_bytes, result, message, length);
    case case_mac_1:
        return mac_1(header, result, key, message);
    case case_mac_3:
        return mac_3(result, key, message, length, header->padding);
    case case_cmac:
        return cmac(header, result, key, message);
    case case_cryptogram:
        return cryptogram(header, result, key, message);
    case case_end:
        return;
    }
}

static enum case_operation random_operation(uint32_t cipher, uint32_t key_bytes) {
    static const enum case_operation every[] = {case_encrypt, case_decrypt, case_mac_1};
    static const enum case_operation two_key[] = {case_encrypt, case_decrypt, case_mac_1,
                                                  case_mac_3, case_cryptogram};
    static const enum case_operation aes[] = {case_encrypt, case_decrypt, case_mac_1, case_cmac};
    if (cipher == case_aes) return aes[random_below(4)];
    return key_bytes == 16 ? two_key[random_below(5)] : every[random_below(3)];
}

static case_header random_header(uint32_t cipher) {
    const uint32_t block_bytes = cipher == case_des ? 8 : 16;
    case_header header = {
        .cipher = cipher,
        .key_bytes = (cipher == case_des ? 8 : 16) + 8 * random_below(3),
        .padding = random_below(3),
        .rows = 1 + random_below(CASE_ROWS),
    };
    header.operation = random_operation(cipher, header.key_bytes);
    const bool whole = header.operation == case_encrypt || header.operation == case_decrypt;
    if (whole || header.operation == case_cmac) header.padding = 0;
    header.message_bytes = random_below(most_bytes + 1);
    if (header.operation == case_cryptogram) header.message_bytes = 16 + random_below(241);
    const bool unpadded = header.padding == 0 && header.operation != case_cmac;
    const uint32_t least = header.operation == case_cryptogram ? 16 + block_bytes : block_bytes;
    if (unpadded) header.message_bytes -= header.message_bytes % block_bytes;
    if (unpadded && header.message_bytes < least) header.message_bytes = least;
    header.result_bytes = whole ? header.message_bytes : block_bytes;
    if (header.operation == case_cryptogram) header.result_bytes = 16;
    return header;
}

static void write_all(const void *memory, size_t bytes) {
    if (fwrite(memory, 1, bytes, stdout) == bytes) return;
    perror("reference");
    exit(1);
}

static uint64_t write_batch(uint32_t cipher) {
    const case_header header = random_header(cipher);
    const size_t stride = header.key_bytes + header.message_bytes + header.result_bytes;
    for (size_t row = 0; row < header.rows; row++)
        write_row(&header, rows + row * stride);
    write_all(&header, sizeof header);
    write_all(rows, stride * header.rows);
    return (uint64_t)header.message_bytes / (cipher == case_des ? 8 : 16) * header.rows;
}

int main(int count, char **arguments) {
    if (count != 3 && count != 5) {
        fprintf(stderr, "usage: reference SEED BLOCKS [SECRETS BYTES]\n");
        return 64;
    }
    if (!gcry_check_version("1.9.0")) return 1;
    check(gcry_control(GCRYCTL_DISABLE_SECMEM, 0));
    check(gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0));
    shapes = strtoull(arguments[1], NULL, 16);
    secrets = count == 5 ? strtoull(arguments[3], NULL, 16) : ~shapes;
    if (count == 5) most_bytes = (uint32_t)strtoul(arguments[4], NULL, 10);
    const uint64_t wanted = strtoull(arguments[2], NULL, 10);
    uint64_t blocks[2] = {0, 0};
    for (unsigned tenth = 1; tenth <= 10; tenth++) {
        for (uint32_t cipher = case_des; cipher <= case_aes; cipher++)
            while (blocks[cipher] < wanted / 10 * tenth)
                blocks[cipher] += write_batch(cipher);
        fprintf(stderr, "seed %s: %u0 %%\n", arguments[1], tenth);
    }
    write_all(&(case_header){.operation = case_end}, sizeof(case_header));
    if (fflush(stdout) == 0) return 0;
    perror("reference");
    return 1;
}
