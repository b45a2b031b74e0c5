// A stream of cases: what goes into an operation of the kernel, and what an independent
// implementation says comes out of it. One program writes the stream, another, perhaps built for
// another CPU, replays it, so the writer's library need not exist there.
//
// A batch is a header and then, for each row, its key, its message and its result, without gaps.
// The stream ends with a batch of `case_end`: one that is cut off is an error.
#ifndef CASE_H
#define CASE_H

#include <stdint.h>

enum case_operation {
    case_end,
    case_encrypt, // result: the message's blocks, encrypted each on its own
    case_decrypt,
    case_mac_1, // ISO/IEC 9797-1 MAC algorithms 1 and 3
    case_mac_3,
    case_cmac, // SP 800-38B
    // Key: issuer master key. Message: card block, block of the session (its third byte is replaced
    // by F0 and 0F), transaction data. Result: cryptogram by MAC algorithm 3, and ARPC method 1
    // under the session key, with the response code 3030.
    case_cryptogram,
};

enum case_cipher { case_des, case_aes };

// Little-endian, as all machines that it is for.
typedef struct case_header {
    uint32_t operation;
    uint32_t cipher;
    uint32_t key_bytes;     // 8, 16 or 24 (DES, TDES); 16, 24 or 32 (AES)
    uint32_t message_bytes; // at most CASE_MESSAGE_BYTES
    uint32_t result_bytes;  // of a MAC its leftmost
    uint32_t padding;       // ISO/IEC 9797-1: 0 (none), 1 or 2; of a cryptogram that of its data
    uint32_t rows;          // at most CASE_ROWS
} case_header;

enum { CASE_MESSAGE_BYTES = 1024, CASE_ROWS = 2048 };
enum { CASE_ROW_BYTES = 32 + 2 * CASE_MESSAGE_BYTES };

#endif
