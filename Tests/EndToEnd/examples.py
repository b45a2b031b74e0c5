"""Requests of the AWS guide, with the key that its examples have in common."""

# The key check value of the key is printed there: 08D7B4.
KEY = "0123456789ABCDEFFEDCBA9876543210"
KEY_CHECK_VALUE = "08D7B4"

CARD = {"PrimaryAccountNumber": "9137631040001422", "PanSequenceNumber": "01"}
# AWS guide, "Verify auth request (ARQC) cryptogram".
VISA = {
    "KeyIdentifier": "alias/demo",
    "TransactionData": "00000000170000000000000008400080008000084016051700000000093800000B"
    "03011203000000",
    "MajorKeyDerivationMode": "EMV_OPTION_A",
    "SessionKeyDerivationAttributes": {"Visa": CARD},
}
VISA_CRYPTOGRAM = "D791093C8A921769"
# AWS guide, "Issuers: general functions".
COMMON = {
    "KeyIdentifier": "alias/demo",
    "TransactionData": "00000000170000000000000008400080008000084016051700000000093800000B1F220103"
    "0000000000000000000000000000000000000000000000000000008000000000000000",
    "MajorKeyDerivationMode": "EMV_OPTION_A",
    "SessionKeyDerivationAttributes": {
        "EmvCommon": CARD | {"ApplicationTransactionCounter": "000B"}
    },
}
COMMON_CRYPTOGRAM = "61EDCC708B4C97B4"
