// The list of backends, best first. The CPU test of each lives in its own file.
#include "backend.h"

static const ck_backend *const backends[] = {
    &ck_backend_portable,
};

const ck_backend *ck_backend_at(size_t index) {
    return index < sizeof backends / sizeof backends[0] ? backends[index] : NULL;
}
