// The backends of the kernel.
#ifndef BACKEND_H
#define BACKEND_H

#include "cipher_kernel.h"

extern const ck_backend ck_backend_portable;

#endif
