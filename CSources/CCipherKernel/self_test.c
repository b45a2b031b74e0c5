// Known answers that a backend must give before it computes anything else.
#include "cipher_kernel.h"
#include <string.h>

typedef struct known_answer {
    const char *name;
    size_t key_bytes;
    uint8_t key[32], plain[16], encrypted[16];
} known_answer;

// The DES values are of NIST SP 800-17 table B.1 and SP 800-67 B.1, those of AES of FIPS 197 C.
static const known_answer des_answers[] = {
    {"DES", 8, {1, 1, 1, 1, 1, 1, 1, 1}, {0x80}, {0x95, 0xF8, 0xA5, 0xE5, 0xDD, 0x31, 0xD9, 0x00}},
    {"two-key TDES",
     16,
     {0x9B, 0x39, 0x7E, 0xBF, 0x81, 0xB1, 0x18, 0x1E, 0x28, 0x2F, 0x4B, 0xB8, 0xAD, 0xBA, 0xDC,
      0x6B},
     {0x21, 0xE8, 0x1B, 0x7A, 0xDE, 0x88, 0xA2, 0x59},
     {0x5C, 0x57, 0x7D, 0x4D, 0x9B, 0x20, 0xC0, 0xF8}},
    {"three-key TDES",
     24,
     {0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x23, 0x45, 0x67, 0x89,
      0xAB, 0xCD, 0xEF, 0x01, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23},
     {0x54, 0x68, 0x65, 0x20, 0x71, 0x75, 0x66, 0x63},
     {0xA8, 0x26, 0xFD, 0x8C, 0xE5, 0x3B, 0x85, 0x5F}},
};

#define FIPS_197_KEY(last)                                                                         \
    {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,                               \
     16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, last}
#define FIPS_197_PLAIN                                                                             \
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF}

static const known_answer aes_answers[] = {
    {"AES-128",
     16,
     FIPS_197_KEY(31),
     FIPS_197_PLAIN,
     {0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5,
      0x5A}},
    {"AES-192",
     24,
     FIPS_197_KEY(31),
     FIPS_197_PLAIN,
     {0xDD, 0xA9, 0x7C, 0xA4, 0x86, 0x4C, 0xDF, 0xE0, 0x6E, 0xAF, 0x70, 0xA0, 0xEC, 0x0D, 0x71,
      0x91}},
    {"AES-256",
     32,
     FIPS_197_KEY(31),
     FIPS_197_PLAIN,
     {0x8E, 0xA2, 0xB7, 0xCA, 0x51, 0x67, 0x45, 0xBF, 0xEA, 0xFC, 0x49, 0x90, 0x4B, 0x49, 0x60,
      0x89}},
};

// "Now is the time for it": ISO/IEC 9797-1 annex B, string 2, under its key; algorithm 3 with
// padding method 2. CMAC: SP 800-38B D.1.
static const uint8_t mac_key[16] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                                    0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10};
static const uint8_t mac_3[8] = {0x5A, 0x69, 0x2C, 0xE6, 0x4F, 0x40, 0x41, 0x45};
static const uint8_t cmac_key[16] = {0x2B, 0x7E, 0x15, 0x16, 0x28, 0xAE, 0xD2, 0xA6,
                                     0xAB, 0xF7, 0x15, 0x88, 0x09, 0xCF, 0x4F, 0x3C};
static const uint8_t cmac_message[40] = {
    0x6B, 0xC1, 0xBE, 0xE2, 0x2E, 0x40, 0x9F, 0x96, 0xE9, 0x3D, 0x7E, 0x11, 0x73, 0x93,
    0x17, 0x2A, 0xAE, 0x2D, 0x8A, 0x57, 0x1E, 0x03, 0xAC, 0x9C, 0x9E, 0xB7, 0x6F, 0xAC,
    0x45, 0xAF, 0x8E, 0x51, 0x30, 0xC8, 0x1C, 0x46, 0xA3, 0x5C, 0xE4, 0x11};
static const struct {
    size_t length; // of the message's beginning
    uint8_t mac[16];
} cmac_answers[] = {
    {0,
     {0xBB, 0x1D, 0x69, 0x29, 0xE9, 0x59, 0x37, 0x28, 0x7F, 0xA3, 0x7D, 0x12, 0x9B, 0x75, 0x67,
      0x46}},
    {16,
     {0x07, 0x0A, 0x16, 0xB4, 0x6B, 0x4D, 0x41, 0x44, 0xF7, 0x9B, 0xDD, 0x9D, 0xD0, 0x4A, 0x28,
      0x7C}},
    {40,
     {0xDF, 0xA6, 0x67, 0x47, 0xDE, 0x9A, 0xE6, 0x30, 0x30, 0xCA, 0x32, 0x61, 0x14, 0x97, 0xC8,
      0x27}},
};

enum { SLICED_BLOCKS = 8, MOST_LANES = 1024 };

// The memory of one test: a prepared key, sliced blocks, and a row of 16 bytes for each lane.
typedef struct workspace {
    const ck_cipher *cipher;
    uint8_t *prepared, *key, *blocks, *results, *expected, *rows;
} workspace;

static workspace workspace_make(const ck_cipher *cipher, uint8_t *scratch) {
    uint8_t *const sliced = scratch + cipher->prepared_bytes;
    return (workspace){
        .cipher = cipher,
        .prepared = scratch,
        .key = sliced,
        .blocks = sliced + 3 * cipher->sliced_bytes,
        .results = sliced + 5 * cipher->sliced_bytes,
        .expected = sliced + 7 * cipher->sliced_bytes,
        .rows = sliced + SLICED_BLOCKS * cipher->sliced_bytes,
    };
}

static size_t workspace_bytes(const ck_cipher *cipher) {
    return cipher->prepared_bytes + SLICED_BLOCKS * cipher->sliced_bytes + 16 * cipher->lanes;
}

size_t ck_self_test_bytes(const ck_backend *backend) {
    const size_t des = workspace_bytes(&backend->des);
    const size_t aes = workspace_bytes(&backend->aes);
    return des > aes ? des : aes;
}

// Whether the block holds the value in every lane but the odd one, which holds another.
static bool holds(const workspace *w, const void *block, const uint8_t *value, size_t odd) {
    uint64_t mask[MOST_LANES / 64] = {0};
    w->cipher->fill(w->expected, value, w->cipher->block_bytes);
    w->cipher->equal(mask, block, w->expected, w->cipher->block_bytes);
    for (size_t lane = 0; lane < w->cipher->lanes; lane++) {
        const bool equal = mask[lane / 64] >> (lane % 64) & 1;
        if (equal != (lane != odd)) return false;
    }
    return true;
}

// Whether each row that is stored is the value, but the odd one.
static bool stores(const workspace *w, const void *block, const uint8_t *value, size_t odd) {
    const size_t length = w->cipher->block_bytes;
    const ck_mutable_rows rows = {.base = w->rows, .stride = length, .count = w->cipher->lanes};
    w->cipher->store(&rows, block, length);
    for (size_t lane = 0; lane < w->cipher->lanes; lane++)
        if ((memcmp(w->rows + lane * length, value, length) == 0) != (lane != odd)) return false;
    return true;
}

// Of two values that differ in one byte, the first 8 are equal if the second half has it.
static bool compares_halves(const workspace *w, const uint8_t *value) {
    const size_t length = w->cipher->block_bytes;
    w->cipher->fill(w->blocks, value, length);
    for (size_t byte = 7; byte < length; byte += 8) {
        uint64_t mask[MOST_LANES / 64] = {0};
        uint8_t other[16];
        memcpy(other, value, length);
        other[byte] ^= 1;
        w->cipher->fill(w->expected, other, length);
        w->cipher->equal(mask, w->blocks, w->expected, 8);
        for (size_t lane = 0; lane < w->cipher->lanes; lane++)
            if ((mask[lane / 64] >> (lane % 64) & 1) != (byte > 7)) return false;
    }
    return true;
}

// XOR, and wiring: bytes in reverse, one of them dropped, with a constant.
static bool moves(const workspace *w, const uint8_t *value) {
    const ck_cipher *const cipher = w->cipher;
    const size_t last = cipher->block_bytes - 1;
    uint8_t other[16], sum[16], wired[16];
    int8_t map[16];
    for (size_t i = 0; i <= last; i++) {
        other[i] = (uint8_t)(0x35 * (i + 1));
        sum[i] = value[i] ^ other[i];
        map[i] = i == 1 ? -1 : (int8_t)(last - i);
        wired[i] = (i == 1 ? 0 : value[last - i]) ^ other[i];
    }
    cipher->fill(w->blocks, value, last + 1);
    cipher->fill(w->expected, other, last + 1);
    cipher->exclusive_or(w->results, w->blocks, w->expected);
    if (!holds(w, w->results, sum, w->cipher->lanes)) return false;
    cipher->arrange(w->results, w->blocks, map, other);
    return holds(w, w->results, wired, w->cipher->lanes);
}

// Two blocks of the answer in each lane under the prepared key. Lane `odd`, if there is one, gets
// other plaintexts, so that lanes cannot be mixed up.
static bool encrypts(const workspace *w, const known_answer *answer, size_t odd) {
    const ck_cipher *const cipher = w->cipher;
    const size_t length = cipher->block_bytes;
    uint8_t plain[4 * 16];
    for (size_t i = 0; i < 4; i++)
        memcpy(plain + i * length, answer->plain, length);
    plain[3 * length - 1] ^= 1;
    plain[4 * length - 1] ^= 1;
    uint32_t offsets[MOST_LANES] = {0};
    if (odd < w->cipher->lanes) offsets[odd] = (uint32_t)(2 * length);
    const ck_rows rows = {.base = plain, .offsets = offsets, .count = w->cipher->lanes};
    uint8_t *const second = w->results + cipher->sliced_bytes;

    cipher->load(w->blocks, &rows, 2 * length);
    cipher->encrypt(w->results, w->blocks, 2, w->prepared, NULL);
    if (!holds(w, w->results, answer->encrypted, odd)) return false;
    if (!holds(w, second, answer->encrypted, odd)) return false;
    if (!stores(w, w->results, answer->encrypted, odd)) return false;
    cipher->decrypt(w->results, w->results, 2, w->prepared);
    return holds(w, w->results, answer->plain, odd) && holds(w, second, answer->plain, odd);
}

// Also with the key where its prepared form begins, and made ready for all lanes at once.
static bool passes(const workspace *w, const known_answer *answer, size_t odd) {
    const ck_rows keys = {.base = answer->key, .stride = 0, .count = w->cipher->lanes};
    w->cipher->load(w->key, &keys, answer->key_bytes);
    w->cipher->prepare(w->prepared, w->key, answer->key_bytes);
    if (!encrypts(w, answer, odd)) return false;
    if (w->cipher->prepares_in_place) {
        w->cipher->load(w->prepared, &keys, answer->key_bytes);
        w->cipher->prepare(w->prepared, w->prepared, answer->key_bytes);
        if (!encrypts(w, answer, odd)) return false;
    }
    ck_prepare_one(w->cipher, w->prepared, answer->key, answer->key_bytes, w->key);
    return encrypts(w, answer, odd);
}

// The name of the first answer that is wrong; NULL for none.
static const char *failed_answer(const workspace *w, const known_answer *answers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t odd[] = {0, w->cipher->lanes / 2, w->cipher->lanes - 1, w->cipher->lanes};
        for (size_t j = 0; j < sizeof odd / sizeof odd[0]; j++)
            if (!passes(w, &answers[i], odd[j])) return answers[i].name;
    }
    const uint8_t *const value = answers[count - 1].encrypted;
    return moves(w, value) && compares_halves(w, value) ? NULL : "movement of bytes";
}

// Bytes of odd and of even parity.
static bool parity_passes(const workspace *w) {
    static const uint8_t bytes[8] = {0x00, 0x01, 0x02, 0x03, 0xFE, 0xFF, 0x80, 0x7E};
    static const uint8_t adjusted[8] = {0x01, 0x01, 0x02, 0x02, 0xFE, 0xFE, 0x80, 0x7F};
    w->cipher->fill(w->blocks, bytes, sizeof bytes);
    w->cipher->set_odd_parity(w->blocks);
    return holds(w, w->blocks, adjusted, w->cipher->lanes);
}

static bool mac_3_passes(const workspace *w) {
    static const char message[] = "Now is the time for it";
    const size_t length = sizeof message - 1;
    const ck_cipher *const cipher = w->cipher;
    cipher->fill(w->key, mac_key, sizeof mac_key);
    cipher->prepare(w->prepared, w->key, sizeof mac_key);
    cipher->fill(w->key, (const uint8_t *)message, length);
    ck_pad(cipher, w->key, length, CK_PADDING_METHOD_2);
    ck_mac_algorithm_3(cipher, w->results, w->key,
                       ck_padded_count(cipher, length, CK_PADDING_METHOD_2), w->prepared, NULL);
    return holds(w, w->results, mac_3, w->cipher->lanes);
}

static bool cmac_passes(const workspace *w) {
    const ck_cipher *const cipher = w->cipher;
    cipher->fill(w->key, cmac_key, sizeof cmac_key);
    cipher->prepare(w->prepared, w->key, sizeof cmac_key);
    for (size_t i = 0; i < sizeof cmac_answers / sizeof cmac_answers[0]; i++) {
        cipher->fill(w->key, cmac_message, cmac_answers[i].length);
        ck_cmac(cipher, w->results, w->key, cmac_answers[i].length, w->prepared, w->blocks, NULL);
        if (!holds(w, w->results, cmac_answers[i].mac, w->cipher->lanes)) return false;
    }
    return true;
}

// Also of the parts, where the backend has a CMAC of its own.
static bool both_cmacs_pass(const workspace *w) {
    ck_cipher parts = *w->cipher;
    workspace of_parts = *w;
    parts.cmac = NULL;
    of_parts.cipher = &parts;
    return cmac_passes(w) && cmac_passes(&of_parts);
}

const char *ck_self_test(const ck_backend *backend, void *scratch) {
    if (backend->des.lanes > MOST_LANES || backend->aes.lanes > MOST_LANES) return "lane count";
    const workspace des = workspace_make(&backend->des, scratch);
    const workspace aes = workspace_make(&backend->aes, scratch);
    const char *failed = failed_answer(&des, des_answers, sizeof des_answers / sizeof *des_answers);
    if (failed) return failed;
    if (!mac_3_passes(&des)) return "ISO 9797-1 MAC algorithm 3";
    if (!parity_passes(&des)) return "parity";
    failed = failed_answer(&aes, aes_answers, sizeof aes_answers / sizeof *aes_answers);
    if (failed) return failed;
    return both_cmacs_pass(&aes) ? NULL : "AES-CMAC";
}
