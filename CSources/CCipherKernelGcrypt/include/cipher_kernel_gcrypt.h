/*
 * cipher_kernel_gcrypt.h: the kernel's contract over libgcrypt, one lane at a time.
 *
 * The fallback of last resort and the oracle of differential tests. libgcrypt's DES looks its
 * S-boxes up in tables, so this backend is NOT constant time. A sliced block is the block itself,
 * a prepared key the key itself: each call opens a cipher, uses it and closes it, which wipes its
 * key schedule.
 */
#ifndef CIPHER_KERNEL_GCRYPT_H
#define CIPHER_KERNEL_GCRYPT_H

#include "cipher_kernel.h"

/* Not supported where libgcrypt was missing when this was built. */
const ck_backend *ck_backend_gcrypt(void);

#endif
