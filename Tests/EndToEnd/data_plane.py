#!/usr/bin/env python3
"""The data plane of a running `arqc serve`, by an unmodified boto3.

    data_plane.py ENDPOINT

The profile that signs is AWS_PROFILE's of AWS_SHARED_CREDENTIALS_FILE; the key is alias/demo.
"""

import sys
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv.pop()
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


def client(**options):
    return boto3.session.Session(**options).client(
        "payment-cryptography-data",
        region_name="us-east-1",
        endpoint_url=ENDPOINT,
        config=Config(retries={"max_attempts": 1, "mode": "standard"}),
    )


class DataPlane(unittest.TestCase):
    def setUp(self):
        self.client = client()

    def refused(self, code, status, call, **request):
        with self.assertRaises(ClientError) as caught:
            call(**request)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        return response

    def test_guide_examples_verify(self):
        for request, cryptogram in [(VISA, VISA_CRYPTOGRAM), (COMMON, COMMON_CRYPTOGRAM)]:
            answer = self.client.verify_auth_request_cryptogram(
                **request, AuthRequestCryptogram=cryptogram
            )
            self.assertEqual(answer["KeyCheckValue"], "08D7B4")
            self.assertRegex(
                answer["KeyArn"],
                r"^arn:aws:payment-cryptography:us-east-1:\d{12}:key/[a-z2-7]{16}$",
            )
            self.assertNotIn("AuthResponseValue", answer)
            self.assertRegex(answer["ResponseMetadata"]["RequestId"], r"^[0-9a-f-]{36}$")
            self.assertIn("date", answer["ResponseMetadata"]["HTTPHeaders"])

    def test_guide_examples_are_generated(self):
        for request, cryptogram in [(VISA, VISA_CRYPTOGRAM), (COMMON, COMMON_CRYPTOGRAM)]:
            answer = self.client.generate_auth_request_cryptogram(**request)
            self.assertEqual(answer["AuthRequestCryptogram"], cryptogram)

    def test_response_cryptograms(self):
        method1 = self.client.verify_auth_request_cryptogram(
            **VISA,
            AuthRequestCryptogram=VISA_CRYPTOGRAM,
            AuthResponseAttributes={"ArpcMethod1": {"AuthResponseCode": "3030"}},
        )
        self.assertEqual(method1["AuthResponseValue"], "F28D7DA3B9577EDE")
        method2 = self.client.verify_auth_request_cryptogram(
            **COMMON,
            AuthRequestCryptogram=COMMON_CRYPTOGRAM,
            AuthResponseAttributes={"ArpcMethod2": {"CardStatusUpdate": "00000000"}},
        )
        self.assertEqual(method2["AuthResponseValue"], "A261EFCC")

    def test_by_arn(self):
        arn = self.client.generate_auth_request_cryptogram(**VISA)["KeyArn"]
        answer = self.client.generate_auth_request_cryptogram(**VISA | {"KeyIdentifier": arn})
        self.assertEqual(answer["KeyArn"], arn)

    def test_tampered(self):
        with self.assertRaises(self.client.exceptions.VerificationFailedException) as caught:
            self.client.verify_auth_request_cryptogram(
                **VISA, AuthRequestCryptogram="D791093C8A921768"
            )
        response = caught.exception.response
        self.assertEqual(response["Reason"], "INVALID_AUTH_REQUEST_CRYPTOGRAM")
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_validation(self):
        response = self.refused(
            "ValidationException",
            400,
            self.client.generate_auth_request_cryptogram,
            **VISA | {"TransactionData": "XY"},
        )
        self.assertEqual(response["fieldList"][0]["path"], "/TransactionData")
        self.assertTrue(
            response["Error"]["Message"].startswith("1 validation error detected. ")
        )

    def test_unknown_key(self):
        response = self.refused(
            "ResourceNotFoundException",
            404,
            self.client.generate_auth_request_cryptogram,
            **VISA | {"KeyIdentifier": "alias/none"},
        )
        self.assertEqual(response["ResourceId"], "alias/none")

    def test_option_b_with_a_short_pan(self):
        response = self.refused(
            "ValidationException",
            400,
            self.client.generate_auth_request_cryptogram,
            **VISA | {"MajorKeyDerivationMode": "EMV_OPTION_B"},
        )
        self.assertEqual(
            response["Error"]["Message"],
            "PAN length is invalid for EMV major key derivation mode EMV_OPTION_B",
        )

    def test_another_operation(self):
        self.refused(
            "UnknownOperationException",
            404,
            self.client.generate_mac,
            KeyIdentifier="alias/demo",
            MessageData="00",
            GenerationAttributes={"Algorithm": "CMAC"},
        )

    def test_signatures(self):
        wrong_secret = client(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="wrong")
        self.refused(
            "InvalidSignatureException",
            403,
            wrong_secret.generate_auth_request_cryptogram,
            **VISA,
        )
        stranger = client(aws_access_key_id="AKIDNONE", aws_secret_access_key="wrong")
        self.refused(
            "UnrecognizedClientException",
            403,
            stranger.generate_auth_request_cryptogram,
            **VISA,
        )


if __name__ == "__main__":
    unittest.main()
