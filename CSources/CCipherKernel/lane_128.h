// A lane type of 128 bits, which compilers keep in vector registers or, where a CPU has none, in
// two general ones.
//
// Included once per backend that has such lanes, after CK_NAME.

typedef uint8_t CK_NAME(of_8) __attribute__((vector_size(16)));
typedef uint16_t CK_NAME(of_16) __attribute__((vector_size(16)));
typedef uint32_t CK_NAME(of_32) __attribute__((vector_size(16)));
typedef uint64_t CK_NAME(of_64) __attribute__((vector_size(16), may_alias));

#define LANE CK_NAME(of_64)
#define LANE_SPLAT(x) ((LANE){0} + (uint64_t)(x))
#if defined(__aarch64__)
#define LANE_SELECT(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#endif
#define LANE_UNPACK(half, bits, a, b)                                                              \
    ((LANE)UNPACK_##half##_##bits((CK_NAME(of_##bits))(a), (CK_NAME(of_##bits))(b)))
#define UNPACK_lo_8(a, b)                                                                          \
    __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define UNPACK_hi_8(a, b)                                                                          \
    __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define UNPACK_lo_16(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define UNPACK_hi_16(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define UNPACK_lo_32(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define UNPACK_hi_32(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define UNPACK_lo_64(a, b) __builtin_shufflevector(a, b, 0, 2)
#define UNPACK_hi_64(a, b) __builtin_shufflevector(a, b, 1, 3)
