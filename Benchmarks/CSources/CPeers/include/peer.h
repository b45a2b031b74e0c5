// Libraries that verify ARQCs with their own interface, in the way that their best users would:
// what can be set up once is, and nothing is allocated for a record.
//
// The chain is the same for all: EMV master key derivation option A, common session key, MAC
// algorithm 3 over PEER_DATA_BYTES of padded data and, where asked for, ARPC method 1.
//
// A peer whose library fails ends the process: a benchmark has nothing to go on with.
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

enum { PEER_DATA_BYTES = 48 };

// The numbers of one transaction.
typedef struct peer_record {
    uint8_t account[8];    // rightmost 16 digits of PAN and sequence number [EMV Book 2, A1.4.1]
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
    const uint8_t *response_code; // 2 bytes, or NULL for no ARPC
    peer_result *results;         // one for each record
} peer_batch;

typedef struct peer {
    const char *name;
    const char *(*version)(void);
    // A session holds the library's objects and the issuer master key, 16 bytes of two-key TDES.
    void *(*open)(const uint8_t issuer_key[static 16]);
    void (*verify)(void *session, const peer_batch *batch);
    void (*close)(void *session);
} peer;

// Every peer that was built, by index; NULL past the last.
const peer *peer_at(size_t index);

#endif
