/*
 * cipher_kernel.h: DES, TDES, AES and their MACs over many independent lanes, in constant time.
 *
 * This header is the manual. What holds for every function is said here, once:
 *
 * - A cipher of a backend computes `lanes` independent blocks at a time. A *sliced block* holds one
 *   block for each lane, in a form that only its backend knows; it lives in memory of the caller,
 *   `sliced_bytes` long and aligned to 64 bytes, and may be copied with memcpy.
 * - A derived key is a sliced block like any other: what `encrypt` wrote feeds `prepare`, with no
 *   key schedule for the caller to keep and nothing to transpose.
 * - No function allocates, blocks, reads or writes a global, or keeps a pointer after it returns
 *   (libgcrypt's backend allocates while a call lasts).
 * - In a backend with `constant_time`, no branch and no address depends on the bytes of a row,
 *   block, key or MAC. Counts, lengths, strides, offsets and maps are public.
 * - Preconditions are the caller's: they are not checked, since nothing here can fail. An output
 *   may be the same sliced block as an input only where that is said.
 *
 * Nothing in here knows of EMV, cards or what a key is for.
 */
#ifndef CIPHER_KERNEL_H
#define CIPHER_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

/* Alignment in bytes of sliced blocks and prepared keys. */
#define CK_ALIGNMENT 64

/* Where the rows of a tile lie, one row per lane: row i starts offsets[i] bytes after base, or
 * i * stride bytes, less than 4 GiB, after it if offsets is NULL. */
typedef struct ck_rows {
    const uint8_t *base;
    size_t stride;
    const uint32_t *offsets;
    size_t count; /* rows, at most the lanes of the cipher */
} ck_rows;

/* Where `store` writes: as ck_rows. */
typedef struct ck_mutable_rows {
    uint8_t *base;
    size_t stride;
    const uint32_t *offsets;
    size_t count;
} ck_mutable_rows;

/* Memory that will be needed soon, e.g. the rows of the next tile, in the order of its parts: an
 * operation that takes one may bring some of it into the cache while it computes, and moves `next`
 * of a part on by whole cache lines, until it is not below `end`. So are both of an empty part,
 * e.g. NULL. */
enum { CK_AHEAD_PARTS = 4 };
typedef struct ck_ahead_part {
    const uint8_t *next;
    const uint8_t *end;
} ck_ahead_part;
typedef struct ck_ahead {
    ck_ahead_part parts[CK_AHEAD_PARTS];
    size_t part; /* that is being brought, 0 at first */
} ck_ahead;

/* One block cipher of a backend, over sliced blocks. */
typedef struct ck_cipher {
    size_t lanes;          /* blocks computed at a time */
    size_t block_bytes;    /* of one block: 8 (DES, TDES) or 16 (AES) */
    size_t sliced_bytes;   /* of a sliced block, a multiple of 64 */
    size_t prepared_bytes; /* of a prepared key, a multiple of 64 */
    /* Whether a key may lie where its prepared form begins: `prepare` then copies nothing, and the
     * key stays there. Whoever writes to it prepares it again, and does not encrypt onto it under
     * itself. */
    bool prepares_in_place;

    /* Reads `length` bytes of each row into ceil(length / block_bytes) consecutive sliced blocks.
     * The rest of the last block is zero (ISO 9797-1 padding method 1), and so is each lane that
     * has no row. Never reads past the length of a row. */
    void (*load)(void *blocks, const ck_rows *rows, size_t length);

    /* Writes the first `length` bytes of consecutive sliced blocks to each row. */
    void (*store)(const ck_mutable_rows *rows, const void *blocks, size_t length);

    /* Gives every lane the same value: as `load` with `length` equal bytes in each row. */
    void (*fill)(void *blocks, const uint8_t *value, size_t length);

    /* Wires bytes: byte i of each block of out is byte map[i] of in, or 0 where map[i] is
     * negative, XORed with constant[i]. map and constant have block_bytes entries. out may be in if
     * map is the identity. */
    void (*arrange)(void *out, const void *in, const int8_t *map, const uint8_t *constant);

    /* out := a XOR b. out may be a or b. */
    void (*exclusive_or)(void *out, const void *a, const void *b);

    /* Sets bit (i % 64) of mask[i / 64] where the first `length` bytes of a and b, 8 or all, are
     * equal in lane i, clears it elsewhere. mask has ceil(lanes / 64) words. */
    void (*equal)(uint64_t *mask, const void *a, const void *b, size_t length);

    /* Makes keys ready for use, one per lane, from consecutive sliced blocks. key_bytes is 8
     * (DES), 16 (two-key TDES) or 24 (three-key TDES); for AES 16, 24 or 32. Parity bits of DES
     * keys are ignored, weak keys are accepted. */
    void (*prepare)(void *prepared, const void *key, size_t key_bytes);

    /* Makes one key of `key_bytes` bytes ready for every lane, so that `encrypt` takes less time
     * under it. NULL where `fill` and `prepare` do as well: ck_prepare_one takes either way. */
    void (*prepare_one)(void *prepared, const uint8_t *key, size_t key_bytes);

    /* Encrypts or decrypts `count` consecutive sliced blocks, each lane under its own key
     * [FIPS 46-3, SP 800-67, FIPS 197]. out may be in. ahead may be NULL. */
    void (*encrypt)(void *out, const void *in, size_t count, const void *prepared, ck_ahead *ahead);
    void (*decrypt)(void *out, const void *in, size_t count, const void *prepared);

    /* Cipher block chaining: for each of `count` blocks, state := encrypt(state XOR block). With
     * first_only a TDES key is used as the single DES key of its first 8 bytes. ahead may be NULL.
     */
    void (*chain)(void *state, const void *blocks, size_t count, const void *prepared,
                  bool first_only, ck_ahead *ahead);

    /* Sets the lowest bit of each byte so that the byte has odd parity, as DES keys are kept: it
     * counts where a key enters a computation as data. In place. DES only, NULL for AES. */
    void (*set_odd_parity)(void *block);

    /* out := in times x in GF(2^128) [SP 800-38B, 6.1]. AES only, NULL for DES. */
    void (*times_x)(void *out, const void *in);

    /* CMAC of `count` >= 1 blocks, the last of which is `complete` or has the padding of method 2,
     * in less time than the parts of `ck_cmac` take: it makes the round keys once. NULL where the
     * parts do as well. ahead may be NULL. */
    void (*cmac)(void *mac, const void *blocks, size_t count, bool complete, const void *prepared,
                 ck_ahead *ahead);
} ck_cipher;

/* A backend: one implementation of the ciphers. */
typedef struct ck_backend {
    const char *name;    /* as in ARQC_BACKEND, e.g. "portable" */
    const char *summary; /* for people, one line */
    bool constant_time;
    bool (*is_supported)(void); /* whether this machine can run it */
    ck_cipher des;
    ck_cipher aes;
    /* A backend that is faster for up to few_rows rows, in tiles of its own lanes, where it is
     * supported; NULL for none. Constant time if this one is. */
    const struct ck_backend *few;
    size_t few_rows;
} ck_backend;

/* The backends of this kernel, best first: NULL from the end of the list on. */
const ck_backend *ck_backend_at(size_t index);

/* Runs known answers through every operation and every lane of a supported backend.
 * scratch: ck_self_test_bytes(backend) bytes, aligned to 64. Returns NULL if all are right, else
 * the name of the first test that failed. */
size_t ck_self_test_bytes(const ck_backend *backend);
const char *ck_self_test(const ck_backend *backend, void *scratch);

/* Makes one key ready for every lane, as `fill` and `prepare` do. scratch: the sliced blocks of a
 * key. */
void ck_prepare_one(const ck_cipher *cipher, void *prepared, const uint8_t *key, size_t key_bytes,
                    void *scratch);

/* Padding of a message that `load` has brought in [ISO/IEC 9797-1:2011, 6.3]. */
typedef enum ck_padding {
    CK_PADDING_NONE = 0,     /* length is a multiple of block_bytes */
    CK_PADDING_METHOD_1 = 1, /* zeros, only as many as needed */
    CK_PADDING_METHOD_2 = 2, /* one bit, then zeros; a whole block if none is started */
} ck_padding;

/* Blocks that a message of `length` bytes has with its padding. Method 1 makes one block of an
 * empty message, as the standard does. */
size_t ck_padded_count(const ck_cipher *cipher, size_t length, ck_padding padding);

/* Pads a loaded message of `length` bytes in place; blocks has room for ck_padded_count. */
void ck_pad(const ck_cipher *cipher, void *blocks, size_t length, ck_padding padding);

/* ISO/IEC 9797-1 MAC algorithm 1: CBC-MAC of count >= 1 padded blocks with the whole key.
 * mac: one sliced block, not among the blocks. */
void ck_mac_algorithm_1(const ck_cipher *cipher, void *mac, const void *blocks, size_t count,
                        const void *prepared);

/* ISO/IEC 9797-1 MAC algorithm 3: CBC-MAC with single DES under the first 8 bytes of a two-key
 * TDES key, and TDES for the last block. As above; DES only. ahead may be NULL. */
void ck_mac_algorithm_3(const ck_cipher *cipher, void *mac, const void *blocks, size_t count,
                        const void *prepared, ck_ahead *ahead);

/* CMAC [SP 800-38B] of a loaded message of `length` bytes, which may be 0. Overwrites the last of
 * the blocks (room for at least one) and scratch, one sliced block. AES only. ahead may be NULL. */
void ck_cmac(const ck_cipher *cipher, void *mac, void *blocks, size_t length, const void *prepared,
             void *scratch, ck_ahead *ahead);

/* Whether `length` bytes are equal, in a time that depends on length only. */
bool ck_equal(const uint8_t *a, const uint8_t *b, size_t length);

/* Sets `length` bytes to zero; never optimised away. */
void ck_wipe(void *memory, size_t length);

#if defined(__cplusplus)
}
#endif

#endif
