// Runs every operation of the kernel on secret data: keys, derived keys, messages, received and
// computed cryptograms. Built and run by Scripts/check-constant-time.
#include "derivation.h"
#include "planted.h"
#include "subject.h"

typedef struct known_answer {
    const char *name, *key, *plain, *encrypted;
} known_answer;

// NIST SP 800-17 table B.1, pycryptodome's test_DES3.py, SP 800-67 B.1.
static const known_answer des_answers[] = {
    {"DES", "0101010101010101", "8000000000000000", "95F8A5E5DD31D900"},
    {"two-key TDES", "9B397EBF81B1181E282F4BB8ADBADC6B", "21E81B7ADE88A259", "5C577D4D9B20C0F8"},
    {"three-key TDES", "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123", "5468652071756663",
     "A826FD8CE53B855F"},
};

// FIPS 197 C.1 to C.3.
#define PLAIN "00112233445566778899AABBCCDDEEFF"
static const known_answer aes_answers[] = {
    {"AES-128", "000102030405060708090A0B0C0D0E0F", PLAIN, "69C4E0D86A7B0430D8CDB78070B4C55A"},
    {"AES-192", "000102030405060708090A0B0C0D0E0F1011121314151617", PLAIN,
     "DDA97CA4864CDFE06EAF70A0EC0D7191"},
    {"AES-256", "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", PLAIN,
     "8EA2B7CA516745BFEAFC49904B496089"},
};

// One block, encrypted in both ways to bring a key in, decrypted in place, and chained.
static void test_cipher(subject s, const known_answer *answer) {
    s.where = answer->name;
    const ck_cipher *const cipher = s.cipher;
    const value key = from_hex(answer->key), plain = from_hex(answer->plain);
    const value encrypted = from_hex(answer->encrypted);
    void *const loaded_key = load(&s, &key, BY_STRIDE, s.cipher->lanes);
    void *const key_by_fill = fill(&s, &key);
    void *const prepared = prepare(&s, loaded_key, key.length);
    void *const in = load(&s, &plain, BY_OFFSETS, s.cipher->lanes);
    void *const out = take_blocks(&s, 2 * cipher->block_bytes);
    RUN(cipher->encrypt(out, in, 1, prepared, NULL));
    expect_rows(&s, out, &encrypted, s.cipher->lanes);
    RUN(cipher->decrypt(out, out, 1, prepared));
    expect_rows(&s, out, &plain, s.cipher->lanes);

    RUN(cipher->encrypt(out, in, 1, prepare(&s, key_by_fill, key.length), NULL));
    expect_rows(&s, out, &encrypted, s.cipher->lanes);
    if (cipher->prepare_one) {
        RUN(cipher->encrypt(out, in, 1, prepare_one(&s, &key), NULL));
        expect_rows(&s, out, &encrypted, s.cipher->lanes);
    }
    void *const state = take_blocks(&s, 0);
    RUN(cipher->chain(state, in, 1, prepared, false, NULL));
    expect_equal(&s, state, out, true);
    RUN(cipher->chain(state, in, 1, prepared, false, NULL));
    expect_equal(&s, state, out, false);
    release_all();
}

// A chain with the first of two DES keys is single DES.
static void test_first_only(subject s) {
    s.where = "chain, first key only";
    const value key = from_hex(des_answers[1].key), plain = from_hex(des_answers[1].plain);
    void *const key_blocks = load(&s, &key, BY_STRIDE, s.cipher->lanes);
    void *const in = load(&s, &plain, BY_STRIDE, s.cipher->lanes);
    void *const state = take_blocks(&s, 0), *const single = take_blocks(&s, 0);
    RUN(s.cipher->chain(state, in, 1, prepare(&s, key_blocks, 16), true, NULL));
    RUN(s.cipher->encrypt(single, in, 1, prepare(&s, key_blocks, 8), NULL));
    expect_equal(&s, state, single, true);
    release_all();
}

// Rows: whole and partial blocks, all lanes and some.
static void test_rows(subject s) {
    s.where = "load and store";
    value message = from_hex("00112233445566778899AABBCCDDEEFF0123456789ABCDEFFEDCBA98765432100F");
    const size_t counts[] = {1, s.cipher->lanes / 2 + 1, s.cipher->lanes - 1, s.cipher->lanes};
    for (; message.length > 0; message.length--)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            const enum rows order = i % 2 ? BY_OFFSETS : BY_STRIDE;
            expect_rows(&s, load(&s, &message, order, counts[i]), &message, counts[i]);
            release_all();
        }
}

static void test_wiring(subject s) {
    s.where = "arrange and exclusive_or";
    const size_t size = s.cipher->block_bytes;
    const value plain = {.bytes = {1, 2, 4, 8, 16, 32, 64, 128, 3}, .length = size};
    value reversed = plain, sum = plain;
    int8_t map[16];
    uint8_t constant[16];
    for (size_t i = 0; i < size; i++) {
        map[i] = (int8_t)(size - 1 - i);
        constant[i] = (uint8_t)(0xF0 + i);
        reversed.bytes[i] = plain.bytes[size - 1 - i] ^ constant[i];
        sum.bytes[i] = plain.bytes[i] ^ reversed.bytes[i];
    }
    void *const in = load(&s, &plain, BY_STRIDE, s.cipher->lanes), *const out = take_blocks(&s, 0);
    RUN(s.cipher->arrange(out, in, map, constant));
    expect_rows(&s, out, &reversed, s.cipher->lanes);
    RUN(s.cipher->exclusive_or(out, in, out));
    expect_rows(&s, out, &sum, s.cipher->lanes);
    if (s.cipher->set_odd_parity) {
        const value even = from_hex("000102030405FEFF"), odd = from_hex("010102020404FEFE");
        void *const block = load(&s, &even, BY_STRIDE, s.cipher->lanes);
        RUN(s.cipher->set_odd_parity(block));
        expect_rows(&s, block, &odd, s.cipher->lanes);
    }
    release_all();
}

typedef struct mac_answer {
    ck_padding padding;
    size_t length; // of the message's beginning
    const char *algorithm_1, *algorithm_3;
} mac_answer;

static const char mac_message[] = "00000000084000000000000840181200010601120300000000";

// Computed with Python's `cryptography`; those of 25 bytes by method 2 also in "Cryptography for
// Payment Professionals" (github.com/ilya-dubinsky/cfpp, c/test/test_emv.c).
static const mac_answer des_macs[] = {
    {CK_PADDING_NONE, 8, "CB92C4DF47D3CE56", "CB92C4DF47D3CE56"},
    {CK_PADDING_NONE, 24, "56D7229C01D260BA", "9FE0F47F2B552178"},
    {CK_PADDING_METHOD_1, 5, "1259B12D7B98C084", "1259B12D7B98C084"},
    {CK_PADDING_METHOD_1, 8, "CB92C4DF47D3CE56", "CB92C4DF47D3CE56"},
    {CK_PADDING_METHOD_1, 25, "CB83C51887F808BB", "2829C44AF5BF9D2A"},
    {CK_PADDING_METHOD_2, 0, "92B21F0A1BDC8B63", "92B21F0A1BDC8B63"},
    {CK_PADDING_METHOD_2, 7, "D23F6FB30EA4B2EA", "D23F6FB30EA4B2EA"},
    {CK_PADDING_METHOD_2, 8, "51AD98D55BB07BF8", "0BE9CCC31FFCD619"},
    {CK_PADDING_METHOD_2, 25, "96355B7C001005F7", "98C415E8983DAA0F"},
};
static const mac_answer aes_macs[] = {
    {CK_PADDING_NONE, 16, "CA64C9867A187B1AFD0313E28617592D", NULL},
    {CK_PADDING_METHOD_1, 25, "9A272953DBE7366C925487C9D6B8440E", NULL},
    {CK_PADDING_METHOD_2, 16, "F61B9E32BEE25180EB4938BB8C2418C4", NULL},
    {CK_PADDING_METHOD_2, 25, "FF902F6DE5F99EBE46EE08546E3EEB13", NULL},
};

static void test_mac(subject s, const char *key_hex, const mac_answer *answer) {
    s.where = "MAC algorithms 1 and 3";
    const value key = from_hex(key_hex);
    value message = from_hex(mac_message);
    message.length = answer->length;
    void *const prepared = prepare(&s, load(&s, &key, BY_STRIDE, s.cipher->lanes), key.length);
    void *const blocks = load(&s, &message, BY_OFFSETS, s.cipher->lanes);
    void *const mac = take_blocks(&s, 0);
    RUN(ck_pad(s.cipher, blocks, message.length, answer->padding));
    const size_t count = ck_padded_count(s.cipher, message.length, answer->padding);
    const value first = from_hex(answer->algorithm_1);
    RUN(ck_mac_algorithm_1(s.cipher, mac, blocks, count, prepared));
    expect_rows(&s, mac, &first, s.cipher->lanes);
    if (answer->algorithm_3) {
        const value third = from_hex(answer->algorithm_3);
        RUN(ck_mac_algorithm_3(s.cipher, mac, blocks, count, prepared, NULL));
        expect_rows(&s, mac, &third, s.cipher->lanes);
    }
    release_all();
}

// SP 800-38B D.1; CMAC takes K1 and K2 by times_x.
static void test_cmac(subject s) {
    s.where = "CMAC";
    static const struct {
        size_t length;
        const char *mac;
    } answers[] = {{0, "BB1D6929E95937287FA37D129B756746"},
                   {16, "070A16B46B4D4144F79BDD9DD04A287C"},
                   {40, "DFA66747DE9AE63030CA32611497C827"},
                   {64, "51F0BEBF7E3B9D92FC49741779363CFE"}};
    const value key = from_hex("2B7E151628AED2A6ABF7158809CF4F3C");
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        value message =
            from_hex("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"
                     "30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710");
        message.length = answers[i].length;
        const value expected = from_hex(answers[i].mac);
        void *const prepared = prepare(&s, load(&s, &key, BY_STRIDE, s.cipher->lanes), key.length);
        void *const blocks = load(&s, &message, BY_OFFSETS, s.cipher->lanes);
        void *const mac = take_blocks(&s, 0), *const scratch = take_blocks(&s, 0);
        RUN(ck_cmac(s.cipher, mac, blocks, message.length, prepared, scratch, NULL));
        expect_rows(&s, mac, &expected, s.cipher->lanes);
        release_all();
    }
}

static void test_bytes(void) {
    uint8_t left[8] = {1, 2, 3, 4, 5, 6, 7, 8}, right[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (uint8_t change = 0; change < 2; change++) {
        right[7] ^= change;
        mark_secret(left, sizeof left);
        mark_secret(right, sizeof right);
        const bool equal = RUN(ck_equal(left, right, sizeof left));
        expect_secret("ck_equal", &equal, sizeof equal);
        declassify(&equal, sizeof equal);
        if (equal != (change == 0)) fail("ck_equal", "wrong verdict");
    }
    const uint8_t zero[8] = {0};
    RUN(ck_wipe(left, sizeof left));
    if (__msan_test_shadow(left, sizeof left) != -1) fail("ck_wipe", "a secret is left");
    expect_bytes("ck_wipe", left, zero, sizeof left);
}

#define EACH(i, list) (size_t i = 0; i < sizeof list / sizeof list[0]; i++)

static void test_backend(const ck_backend *backend) {
    const subject des = {.cipher = &backend->des};
    const subject aes = {.cipher = &backend->aes};
    for
        EACH(i, des_answers) test_cipher(des, &des_answers[i]);
    for
        EACH(i, aes_answers) test_cipher(aes, &aes_answers[i]);
    test_first_only(des);
    test_rows(des);
    test_rows(aes);
    test_wiring(des);
    test_wiring(aes);
    for
        EACH(i, des_macs) test_mac(des, "B026E58F2C546446ABA71A83E6EC4594", &des_macs[i]);
    for
        EACH(i, aes_macs) test_mac(aes, "2B7E151628AED2A6ABF7158809CF4F3C", &aes_macs[i]);
    test_cmac(aes);
    test_derivation(des);
}

// Prints a line for each backend. Fails where none was tested: nothing would have been shown.
int main(void) {
    if (planted_backend()) {
        test_backend(planted_backend());
        return 0;
    }
    test_bytes();
    size_t tested = 0;
    for (size_t i = 0; ck_backend_at(i); i++) {
        const ck_backend *const backend = ck_backend_at(i);
        if (!backend->is_supported() || !backend->constant_time) {
            printf("%s: skipped, %s\n", backend->name,
                   backend->constant_time ? "not supported by this CPU"
                                          : "does not claim constant time");
            continue;
        }
        const unsigned long before = operations;
        test_backend(backend);
        printf("%s: %lu operations %s\n", backend->name, operations - before,
               SECRETS_ARE_MARKED ? "on secret data, none of them reported" : "gave right results");
        tested++;
    }
    return tested == 0;
}
