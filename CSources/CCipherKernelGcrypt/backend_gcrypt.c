// The libgcrypt backend: see cipher_kernel_gcrypt.h.
#include "cipher_kernel_gcrypt.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<gcrypt.h>)
#define GCRYPT_NO_DEPRECATED
#include <gcrypt.h>

// A system that has the header but does not name the library to the linker leaves these NULL,
// and the backend unsupported.
#pragma weak gcry_check_version
#pragma weak gcry_control
#pragma weak gcry_cipher_open
#pragma weak gcry_cipher_close
#pragma weak gcry_cipher_ctl
#pragma weak gcry_cipher_setkey
#pragma weak gcry_cipher_encrypt
#pragma weak gcry_cipher_decrypt

typedef struct gcrypt_key {
    uint8_t bytes[32];
    size_t length;
} __attribute__((aligned(CK_ALIGNMENT))) gcrypt_key;

// The rows of one lane, in 64 bytes for the alignment of the contract.
enum { SLICED_BYTES = 64 };

static bool initialized;

// A cipher handle with its key; NULL if libgcrypt refuses, as it does single DES in FIPS mode.
static gcry_cipher_hd_t try_open(int algorithm, const uint8_t *key, size_t length) {
    gcry_cipher_hd_t handle;
    if (gcry_cipher_open(&handle, algorithm, GCRY_CIPHER_MODE_ECB, 0)) return NULL;
    gcry_error_t error = gcry_cipher_ctl(handle, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1);
    if (!error) error = gcry_cipher_setkey(handle, key, length);
    if (!error || gcry_err_code(error) == GPG_ERR_WEAK_KEY) return handle;
    gcry_cipher_close(handle);
    return NULL;
}

// Whether all that is needed can be had, weak keys included.
static bool opens_every_cipher(void) {
    static const struct {
        int algorithm;
        size_t length;
    } needed[] = {{GCRY_CIPHER_DES, 8},
                  {GCRY_CIPHER_3DES, 24},
                  {GCRY_CIPHER_AES128, 16},
                  {GCRY_CIPHER_AES192, 24},
                  {GCRY_CIPHER_AES256, 32}};
    static const uint8_t weak_key[32] = {1, 1, 1, 1, 1, 1, 1, 1};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const gcry_cipher_hd_t handle = try_open(needed[i].algorithm, weak_key, needed[i].length);
        if (!handle) return false;
        gcry_cipher_close(handle);
    }
    return true;
}

// What the manual asks of an application before any other call ("Initializing the library"),
// unless the program did it already. No secure memory: keys are wiped with their ciphers.
static void initialize(void) {
    if (!gcry_check_version || !gcry_cipher_open || !gcry_check_version("1.9.0")) return;
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) {
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
    initialized = opens_every_cipher();
}

static bool is_supported(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, initialize);
    return initialized;
}

// libgcrypt has no two-key TDES: the first key stands again as the third.
static void des_prepare(void *prepared, const void *key, size_t key_bytes) {
    gcrypt_key *const to = prepared;
    memset(to, 0, sizeof *to);
    for (size_t part = 0; part < key_bytes / 8; part++)
        memcpy(to->bytes + 8 * part, (const uint8_t *)key + SLICED_BYTES * part, 8);
    if (key_bytes == 16) memcpy(to->bytes + 16, to->bytes, 8);
    to->length = key_bytes == 8 ? 8 : 24;
}

static void aes_prepare(void *prepared, const void *key, size_t key_bytes) {
    gcrypt_key *const to = prepared;
    memset(to, 0, sizeof *to);
    memcpy(to->bytes, key, 16);
    memcpy(to->bytes + 16, (const uint8_t *)key + SLICED_BYTES, key_bytes - 16);
    to->length = key_bytes;
}

static int des_algorithm(size_t length) {
    return length == 8 ? GCRY_CIPHER_DES : GCRY_CIPHER_3DES;
}

static int aes_algorithm(size_t length) {
    if (length == 16) return GCRY_CIPHER_AES128;
    return length == 24 ? GCRY_CIPHER_AES192 : GCRY_CIPHER_AES256;
}

// The contract has no errors: what can fail for want of memory only, since it did not at the start,
// ends the process when it does, rather than go on with a wrong value.
static gcry_cipher_hd_t open_cipher(int algorithm, const uint8_t *key, size_t length) {
    const gcry_cipher_hd_t handle = try_open(algorithm, key, length);
    if (!handle) abort();
    return handle;
}

static void crypt_blocks(int algorithm, size_t block_bytes, void *out, const void *in, size_t count,
                         const gcrypt_key *key, bool decrypt) {
    const gcry_cipher_hd_t handle = open_cipher(algorithm, key->bytes, key->length);
    for (size_t i = 0; i < count; i++) {
        uint8_t *to = (uint8_t *)out + SLICED_BYTES * i;
        const uint8_t *from = (const uint8_t *)in + SLICED_BYTES * i;
        uint8_t block[16];
        memcpy(block, from, block_bytes);
        const gcry_error_t error = decrypt
                                       ? gcry_cipher_decrypt(handle, block, block_bytes, NULL, 0)
                                       : gcry_cipher_encrypt(handle, block, block_bytes, NULL, 0);
        if (error) abort();
        memcpy(to, block, block_bytes);
    }
    gcry_cipher_close(handle);
}

static void chain_blocks(int algorithm, size_t key_length, size_t block_bytes, uint8_t *state,
                         const uint8_t *blocks, size_t count, const gcrypt_key *key) {
    const gcry_cipher_hd_t handle = open_cipher(algorithm, key->bytes, key_length);
    for (size_t i = 0; i < count; i++) {
        for (size_t byte = 0; byte < block_bytes; byte++)
            state[byte] ^= blocks[SLICED_BYTES * i + byte];
        if (gcry_cipher_encrypt(handle, state, block_bytes, NULL, 0)) abort();
    }
    gcry_cipher_close(handle);
}

static void des_encrypt(void *out, const void *in, size_t count, const void *prepared,
                        ck_ahead *ahead) {
    (void)ahead;
    const gcrypt_key *const key = prepared;
    crypt_blocks(des_algorithm(key->length), 8, out, in, count, key, false);
}

static void des_decrypt(void *out, const void *in, size_t count, const void *prepared) {
    const gcrypt_key *const key = prepared;
    crypt_blocks(des_algorithm(key->length), 8, out, in, count, key, true);
}

static void des_chain(void *state, const void *blocks, size_t count, const void *prepared,
                      bool first_only, ck_ahead *ahead) {
    (void)ahead;
    const gcrypt_key *const key = prepared;
    const size_t length = first_only ? 8 : key->length;
    chain_blocks(des_algorithm(length), length, 8, state, blocks, count, key);
}

static void aes_encrypt(void *out, const void *in, size_t count, const void *prepared,
                        ck_ahead *ahead) {
    (void)ahead;
    const gcrypt_key *const key = prepared;
    crypt_blocks(aes_algorithm(key->length), 16, out, in, count, key, false);
}

static void aes_decrypt(void *out, const void *in, size_t count, const void *prepared) {
    const gcrypt_key *const key = prepared;
    crypt_blocks(aes_algorithm(key->length), 16, out, in, count, key, true);
}

static void aes_chain(void *state, const void *blocks, size_t count, const void *prepared,
                      bool first_only, ck_ahead *ahead) {
    (void)ahead;
    (void)first_only;
    const gcrypt_key *const key = prepared;
    chain_blocks(aes_algorithm(key->length), key->length, 16, state, blocks, count, key);
}

static void des_set_odd_parity(void *block) {
    uint8_t *bytes = block;
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((bytes[i] & 0xFE) | !__builtin_parity(bytes[i] & 0xFE));
}

static void aes_times_x(void *out, const void *in) {
    const uint8_t *from = in;
    uint8_t *to = out;
    const uint8_t carry = from[0] >> 7;
    for (size_t i = 0; i < 16; i++)
        to[i] = (uint8_t)(from[i] << 1 | (i < 15 ? from[i + 1] >> 7 : 0));
    to[15] ^= (uint8_t)(carry * 0x87);
}

static void load_row(void *blocks, const ck_rows *rows, size_t length, size_t block_bytes) {
    const uint8_t *row = rows->base + (rows->offsets ? rows->offsets[0] : 0);
    for (size_t start = 0; start < length; start += block_bytes) {
        uint8_t *block = (uint8_t *)blocks + SLICED_BYTES * (start / block_bytes);
        const size_t here = length - start < block_bytes ? length - start : block_bytes;
        memset(block, 0, block_bytes);
        if (rows->count) memcpy(block, row + start, here);
    }
}

static void store_row(const ck_mutable_rows *rows, const void *blocks, size_t length,
                      size_t block_bytes) {
    if (!rows->count) return;
    uint8_t *row = rows->base + (rows->offsets ? rows->offsets[0] : 0);
    for (size_t i = 0; i < length; i++)
        row[i] = ((const uint8_t *)blocks)[SLICED_BYTES * (i / block_bytes) + i % block_bytes];
}

static void arrange_bytes(void *out, const void *in, const int8_t *map, const uint8_t *constant,
                          size_t block_bytes) {
    for (size_t i = 0; i < block_bytes; i++) {
        const uint8_t byte = map[i] < 0 ? 0 : ((const uint8_t *)in)[map[i]];
        ((uint8_t *)out)[i] = byte ^ constant[i];
    }
}

static void xor_bytes(void *out, const void *a, const void *b, size_t block_bytes) {
    for (size_t i = 0; i < block_bytes; i++)
        ((uint8_t *)out)[i] = ((const uint8_t *)a)[i] ^ ((const uint8_t *)b)[i];
}

static void fill_row(void *blocks, const uint8_t *value, size_t length, size_t block_bytes) {
    const ck_rows rows = {.base = value, .count = 1};
    memset(blocks, 0, block_bytes);
    if (length) load_row(blocks, &rows, length, block_bytes);
}

// The movements that depend on the cipher through its block length only.
#define MOVEMENTS(cipher, block_bytes)                                                             \
    static void cipher##_load(void *blocks, const ck_rows *rows, size_t length) {                  \
        load_row(blocks, rows, length, block_bytes);                                               \
    }                                                                                              \
    static void cipher##_store(const ck_mutable_rows *rows, const void *blocks, size_t length) {   \
        store_row(rows, blocks, length, block_bytes);                                              \
    }                                                                                              \
    static void cipher##_fill(void *blocks, const uint8_t *value, size_t length) {                 \
        fill_row(blocks, value, length, block_bytes);                                              \
    }                                                                                              \
    static void cipher##_arrange(void *out, const void *in, const int8_t *map,                     \
                                 const uint8_t *constant) {                                        \
        arrange_bytes(out, in, map, constant, block_bytes);                                        \
    }                                                                                              \
    static void cipher##_xor(void *out, const void *a, const void *b) {                            \
        xor_bytes(out, a, b, block_bytes);                                                         \
    }                                                                                              \
    static void cipher##_equal(uint64_t *mask, const void *a, const void *b, size_t length) {      \
        mask[0] = ck_equal(a, b, length);                                                          \
    }

MOVEMENTS(des, 8)
MOVEMENTS(aes, 16)

#define CIPHER(cipher, length, parity, doubling)                                                   \
    {                                                                                              \
        .lanes = 1,                                                                                \
        .block_bytes = length,                                                                     \
        .sliced_bytes = SLICED_BYTES,                                                              \
        .prepared_bytes = sizeof(gcrypt_key),                                                      \
        .load = cipher##_load,                                                                     \
        .store = cipher##_store,                                                                   \
        .fill = cipher##_fill,                                                                     \
        .arrange = cipher##_arrange,                                                               \
        .exclusive_or = cipher##_xor,                                                              \
        .equal = cipher##_equal,                                                                   \
        .prepare = cipher##_prepare,                                                               \
        .encrypt = cipher##_encrypt,                                                               \
        .decrypt = cipher##_decrypt,                                                               \
        .chain = cipher##_chain,                                                                   \
        .set_odd_parity = parity,                                                                  \
        .times_x = doubling,                                                                       \
    }

#else

static bool is_supported(void) {
    return false;
}

#define CIPHER(cipher, length, parity, doubling) {.lanes = 1, .block_bytes = length}

#endif

static const ck_backend backend = {
    .name = "libgcrypt",
    .summary = "libgcrypt, one lane, table S-boxes: not constant time",
    .constant_time = false,
    .is_supported = is_supported,
    .des = CIPHER(des, 8, des_set_odd_parity, NULL),
    .aes = CIPHER(aes, 16, NULL, aes_times_x),
};

const ck_backend *ck_backend_gcrypt(void) {
    return &backend;
}
