#include "peer_list.h"

static const peer *const peers[] = {
    &peer_openssl,  &peer_openssl_evp, &peer_botan, &peer_libgcrypt, &peer_nettle,
#if defined(__x86_64__)
    &peer_ipsec_mb,
#endif
};

const peer *peer_at(size_t index) {
    return index < sizeof peers / sizeof peers[0] ? peers[index] : NULL;
}
