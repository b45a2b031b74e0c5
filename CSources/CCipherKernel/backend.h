// The backends of the kernel, each in its own file.
#ifndef BACKEND_H
#define BACKEND_H

#include "cipher_kernel.h"

#if defined(__x86_64__)
extern const ck_backend ck_backend_avx512;
extern const ck_backend ck_backend_avx512f;
extern const ck_backend ck_backend_avx2;
extern const ck_backend ck_backend_vbmi;
#elif defined(__aarch64__)
extern const ck_backend ck_backend_neon;
#endif
extern const ck_backend ck_backend_portable;

#endif
