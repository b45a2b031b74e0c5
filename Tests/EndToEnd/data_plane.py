"""The data plane by an unmodified boto3, with the examples of the AWS guide."""

import api
from examples import COMMON, COMMON_CRYPTOGRAM, KEY_CHECK_VALUE, VISA, VISA_CRYPTOGRAM
from operations import OPERATIONS


class DataPlane(api.TestCase):
    def setUp(self):
        self.client = api.client("data")

    def test_guide_examples_verify(self):
        for request, cryptogram in [(VISA, VISA_CRYPTOGRAM), (COMMON, COMMON_CRYPTOGRAM)]:
            answer = self.client.verify_auth_request_cryptogram(
                **request, AuthRequestCryptogram=cryptogram
            )
            self.assertEqual(answer["KeyCheckValue"], KEY_CHECK_VALUE)
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
        self.assertTrue(response["Error"]["Message"].startswith("1 validation error detected. "))

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

    def test_every_other_operation_of_the_model(self):
        others = [
            name
            for name in api.service_model("data").operation_names
            if name not in OPERATIONS["data"]
        ]
        for name in others:
            answer = api.send(api.sign(api.request("data", name, {"KeyIdentifier": "alias/demo"})))
            self.assertEqual((answer.code, answer.status), ("UnknownOperationException", 404), name)
            self.assertEqual(answer.message, "This server does not offer the operation.")

    def test_the_log_has_the_request(self):
        """Else it would say nothing that it holds no secret, as the end of the server checks."""
        answer = self.client.generate_auth_request_cryptogram(**VISA)
        number = answer["ResponseMetadata"]["RequestId"]
        api.under_test().wait_for(number, 1)
        [line] = [line for line in api.under_test().log_text().splitlines() if number in line]
        self.assertIn('"operation":"GenerateAuthRequestCryptogram"', line)
