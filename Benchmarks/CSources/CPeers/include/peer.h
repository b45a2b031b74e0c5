// Libraries that verify ARQCs with their own interface, in the way that their best users would:
// what can be set up once is, and nothing is allocated for a record.
//
// Two chains, the same for all, over PEER_DATA_BYTES of padded data:
// - TDES: ICC master key by option A, common session key, MAC algorithm 3 and, where asked for,
//   ARPC method 1 [EMV Book 2, A1.4.1, A1.3.1, A1.2.1, 8.2.1];
// - AES-128: ICC master key by option C, common session key, the first 8 bytes of a CMAC [EMV
//   Book 2, A1.4.3, A1.3.1, A1.2.2].
//
// A peer whose library fails ends the process: a benchmark has nothing to go on with.
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

enum { PEER_DATA_BYTES = 48 };

// The numbers of one transaction.
typedef struct peer_record {
    uint8_t account[16];   // digits of PAN and sequence number, with zeros before them; the last 8
                           // bytes are those that option A takes
    uint8_t counter[2];    // ATC
    uint8_t cryptogram[8]; // as received
} peer_record;

typedef struct peer_result {
    uint8_t verified;    // 1 or 0
    uint8_t response[8]; // the ARPC of a verified record, if it was asked for; else not written
} peer_result;

typedef struct peer_batch {
    const peer_record *records;
    const uint8_t *data; // PEER_DATA_BYTES for each record, in the order of the records
    size_t count;
    const uint8_t *response_code; // 2 bytes, or NULL for no ARPC; TDES only
    peer_result *results;         // one for each record
} peer_batch;

// One chain of a library.
typedef struct peer_chain {
    // A session holds the library's objects and the issuer master key of 16 bytes.
    void *(*open)(const uint8_t *issuer_key);
    void (*verify)(void *session, const peer_batch *batch);
    void (*close)(void *session);
} peer_chain;

typedef struct peer {
    const char *name;
    const char *(*version)(void);
    peer_chain tdes, aes; // with NULL for what the library is not measured at
} peer;

// Every peer that was built, by index; NULL past the last.
const peer *peer_at(size_t index);

#if defined(__cplusplus)
}
#endif

#endif
