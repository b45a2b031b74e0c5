// The two cipher descriptors of a bitsliced backend, to be set in its ck_backend.
//
// Used after the templates were included for a lane type.

#define CK_BITSLICED_DES                                                                           \
    {                                                                                              \
        .lanes = CK_NAME(lanes),                                                                   \
        .block_bytes = 8,                                                                          \
        .sliced_bytes = 64 * sizeof(LANE),                                                         \
        .prepared_bytes = sizeof(CK_NAME(des_key)),                                                \
        .load = CK_NAME(des_load),                                                                 \
        .store = CK_NAME(store),                                                                   \
        .fill = CK_NAME(des_fill),                                                                 \
        .arrange = CK_NAME(des_arrange),                                                           \
        .exclusive_or = CK_NAME(des_xor),                                                          \
        .equal = CK_NAME(des_equal),                                                               \
        .prepare = CK_NAME(des_prepare),                                                           \
        .encrypt = CK_NAME(des_encrypt),                                                           \
        .decrypt = CK_NAME(des_decrypt),                                                           \
        .chain = CK_NAME(des_chain),                                                               \
        .set_odd_parity = CK_NAME(des_set_odd_parity),                                             \
        .times_x = NULL,                                                                           \
    }

#define CK_BITSLICED_AES                                                                           \
    {                                                                                              \
        .lanes = CK_NAME(lanes),                                                                   \
        .block_bytes = 16,                                                                         \
        .sliced_bytes = 128 * sizeof(LANE),                                                        \
        .prepared_bytes = sizeof(CK_NAME(aes_key)),                                                \
        .load = CK_NAME(aes_load),                                                                 \
        .store = CK_NAME(store),                                                                   \
        .fill = CK_NAME(aes_fill),                                                                 \
        .arrange = CK_NAME(aes_arrange),                                                           \
        .exclusive_or = CK_NAME(aes_xor),                                                          \
        .equal = CK_NAME(aes_equal),                                                               \
        .prepare = CK_NAME(aes_prepare),                                                           \
        .encrypt = CK_NAME(aes_encrypt),                                                           \
        .decrypt = CK_NAME(aes_decrypt),                                                           \
        .chain = CK_NAME(aes_chain),                                                               \
        .set_odd_parity = NULL,                                                                    \
        .times_x = CK_NAME(aes_times_x),                                                           \
    }
