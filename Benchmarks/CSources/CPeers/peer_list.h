// One descriptor for each library.
#ifndef PEER_LIST_H
#define PEER_LIST_H

#include "peer.h"

extern const peer peer_libgcrypt;

#endif
