// The cryptograms that records should have: each step as the standard has it, by OpenSSL's plainest
// functions. Nothing here is measured; the measured are compared with it.
#ifndef REFERENCE_H
#define REFERENCE_H

#include "peer.h"

#if defined(__cplusplus)
extern "C" {
#endif

// data: `length` bytes, a multiple of the cipher's block.
void reference_tdes(uint8_t *cryptogram, const uint8_t *issuer_key, const peer_record *record,
                    const uint8_t *data, size_t length);
void reference_aes(uint8_t *cryptogram, const uint8_t *issuer_key, const peer_record *record,
                   const uint8_t *data, size_t length);

#if defined(__cplusplus)
}
#endif

#endif
