// The list of backends, best first. The CPU test of each lives in its own file.
#include "backend.h"

static const ck_backend *const backends[] = {
#if defined(__x86_64__)
    &ck_backend_avx512,   &ck_backend_avx512f, &ck_backend_avx2, &ck_backend_vbmi,
#elif defined(__aarch64__)
    &ck_backend_neon,
#endif
    &ck_backend_portable,
};

const ck_backend *ck_backend_at(size_t index) {
    return index < sizeof backends / sizeof backends[0] ? backends[index] : NULL;
}
