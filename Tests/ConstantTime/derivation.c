// The way of a request: issuer master key, card key, session key, cryptogram, verdict, response.
// Each key feeds the next step as a sliced block, and nothing but the verdict is declassified.
#include "derivation.h"

// Two blocks from one: as it is wired, XORed with the first constant and with the second.
static void *wire_twice(const subject *s, const void *in, const int8_t map[static 8],
                        const uint8_t first[static 8], const uint8_t second[static 8]) {
    uint8_t *const out = take_blocks(s, 8);
    RUN(s->cipher->arrange(out, in, map, first));
    RUN(s->cipher->arrange(out + s->cipher->sliced_bytes, in, map, second));
    return out;
}

static void *encrypt_pair(const subject *s, const void *in, const void *prepared) {
    void *const out = take_blocks(s, 8);
    RUN(s->cipher->encrypt(out, in, 2, prepared, NULL));
    return out;
}

// E(IMK)[Y] and E(IMK)[~Y] [EMV Book 2, A1.4.1], then E(MK)[ATC F0 ...] and E(MK)[ATC 0F ...]
// [A1.3.1].
static void *derive_session_key(const subject *s) {
    static const int8_t identity[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const int8_t counter_only[8] = {0, 1, -1, -1, -1, -1, -1, -1};
    static const uint8_t zero[8] = {0}, left[8] = {0, 0, 0xF0}, right[8] = {0, 0, 0x0F};
    static const uint8_t ones[8] = {255, 255, 255, 255, 255, 255, 255, 255};
    const value issuer_key = from_hex("0123456789ABCDEFFEDCBA9876543210");
    const value card = from_hex("3763104000142201"), counter = from_hex("000B");
    void *const issuer = prepare(s, fill(s, &issuer_key), 16);
    void *const card_block = load(s, &card, BY_STRIDE, s->cipher->lanes);
    void *const card_key = encrypt_pair(s, wire_twice(s, card_block, identity, zero, ones), issuer);
    void *const card_prepared = prepare(s, card_key, 16);
    void *const counter_block = load(s, &counter, BY_OFFSETS, s->cipher->lanes);
    return encrypt_pair(s, wire_twice(s, counter_block, counter_only, left, right), card_prepared);
}

// Method 1: the cryptogram XOR the response code, encrypted; method 2: a MAC over cryptogram and
// card status update [EMV Book 2, 8.2].
static void respond(subject s, const void *cryptogram, const void *session) {
    s.where = "response cryptograms";
    const value code = from_hex("3030000000000000"), status = from_hex("00820000");
    const value first = from_hex("45118DEFB04DD0E3"), second = from_hex("9CC34B00");
    void *const out = take_blocks(&s, 0);
    RUN(s.cipher->exclusive_or(out, cryptogram, load(&s, &code, BY_STRIDE, s.cipher->lanes)));
    RUN(s.cipher->encrypt(out, out, 1, session, NULL));
    expect_rows(&s, out, &first, s.cipher->lanes);

    uint8_t *const message = take_blocks(&s, 12);
    memcpy(message, cryptogram, s.cipher->sliced_bytes);
    memcpy(message + s.cipher->sliced_bytes, load(&s, &status, BY_STRIDE, s.cipher->lanes),
           s.cipher->sliced_bytes);
    RUN(ck_pad(s.cipher, message, 12, CK_PADDING_METHOD_2));
    RUN(ck_mac_algorithm_3(s.cipher, out, message, 2, session, NULL));
    expect_rows(&s, out, &second, s.cipher->lanes);
}

// The example of the AWS Payment Cryptography User Guide, "Issuers: general functions"; the
// responses computed with pyemv.
void test_derivation(subject s) {
    s.where = "derivation";
    const value data =
        from_hex("00000000170000000000000008400080008000084016051700000000093800000B1F22010300"
                 "0000000000000000000000000000000000000000000000000000");
    const value received = from_hex("61EDCC708B4C97B4"), other = from_hex("61EDCC708B4C97B5");
    void *const session = prepare(&s, derive_session_key(&s), 16);
    void *const message = load(&s, &data, BY_OFFSETS, s.cipher->lanes);
    RUN(ck_pad(s.cipher, message, data.length, CK_PADDING_METHOD_2));
    const size_t count = ck_padded_count(s.cipher, data.length, CK_PADDING_METHOD_2);
    void *const cryptogram = take_blocks(&s, 0);
    RUN(ck_mac_algorithm_3(s.cipher, cryptogram, message, count, session, NULL));
    expect_rows(&s, cryptogram, &received, s.cipher->lanes);
    expect_equal(&s, cryptogram, load(&s, &received, BY_STRIDE, s.cipher->lanes), true);
    expect_equal(&s, cryptogram, load(&s, &other, BY_OFFSETS, s.cipher->lanes), false);
    respond(s, cryptogram, session);
    release_all();
}
