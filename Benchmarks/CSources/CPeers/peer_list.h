// One descriptor for each library.
#ifndef PEER_LIST_H
#define PEER_LIST_H

#include "peer.h"

extern const peer peer_openssl;
extern const peer peer_openssl_evp;
extern const peer peer_botan;
extern const peer peer_libgcrypt;
extern const peer peer_nettle;
#if defined(__x86_64__)
extern const peer peer_ipsec_mb;
#endif

#endif
