// The portable backend: 128 lanes in vectors that a compiler knows without any CPU's extension,
// which are part of x86-64 (SSE2) and of AArch64 (NEON).
#include "backend.h"
#include <string.h>

#define CK_NAME(x) x##_portable

#include "lane_128.h"

#include "lanes_bitslice.h"
#include "rows_bitslice.h"

#include "aes_sbox.h"
#include "des_sboxes.h"

#include "aes_bitslice.h"
#include "des_bitslice.h"

#include "backend_bitslice.h"

static bool CK_NAME(is_supported)(void) {
    return true;
}

const ck_backend ck_backend_portable = {
    .name = "portable",
    .summary = "bitsliced over 128 lanes in 128-bit vectors, any CPU",
    .constant_time = true,
    .is_supported = CK_NAME(is_supported),
    .des = CK_BITSLICED_DES,
    .aes = CK_BITSLICED_AES,
};
