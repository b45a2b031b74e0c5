#include "peer_list.h"

static const peer *const peers[] = {&peer_libgcrypt};

const peer *peer_at(size_t index) {
    return index < sizeof peers / sizeof peers[0] ? peers[index] : NULL;
}
