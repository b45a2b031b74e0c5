"""Every error of both planes, as the exception of boto3 that its code names."""

import api
from control_plane import CRYPTOGRAM_KEY
from examples import KEY_CHECK_VALUE, VISA, VISA_CRYPTOGRAM
from operations import OPERATIONS

# Errors of the model that are for another module to cause, or that the server never has cause for.
ELSEWHERE = {"InternalServerException", "ThrottlingException"}
NEVER = {
    "ServiceUnavailableException": "a server that is overloaded answers with ThrottlingException",
    "PublicPolicyException": "there are no resource policies",
}


class Errors(api.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.seen = {"data": set(), "control": set()}

    @classmethod
    def tearDownClass(cls):
        for plane, seen in cls.seen.items():
            print(f"{plane} plane: {', '.join(sorted(seen))}")

    def raised(self, plane, code, status, method, profile="owner", **members):
        """As `refused`, and that boto3 has a class for the error, but for those of all services."""
        client = api.client(plane, profile)
        response = self.refused(code, status, getattr(client, method), **members)
        modelled = {shape.name for shape in api.service_model(plane).error_shapes}
        if code in modelled:
            with self.assertRaises(getattr(client.exceptions, code)):
                getattr(client, method)(**members)
        self.assertNotIn("wJalrXUtn", str(response))
        self.seen[plane].add(code)
        return response

    def key(self, **members):
        attributes = members.pop("KeyAttributes", CRYPTOGRAM_KEY)
        return api.client("control").create_key(
            KeyAttributes=attributes, Exportable=True, **members
        )["Key"]["KeyArn"]

    def generate(self, code, status, profile="owner", **members):
        method = "generate_auth_request_cryptogram"
        return self.raised("data", code, status, method, profile, **VISA | members)

    def test_validation(self):
        response = self.generate("ValidationException", 400, TransactionData="XY")
        self.assertEqual(response["fieldList"][0]["path"], "/TransactionData")
        self.assertIn(response["fieldList"][0]["message"], response["message"])
        self.raised("control", "ValidationException", 400, "get_key", KeyIdentifier="no-alias")

    def test_verification_failed(self):
        response = self.raised(
            "data",
            "VerificationFailedException",
            400,
            "verify_auth_request_cryptogram",
            **VISA,
            AuthRequestCryptogram=VISA_CRYPTOGRAM[::-1],
        )
        self.assertEqual(response["Reason"], "INVALID_AUTH_REQUEST_CRYPTOGRAM")

    def test_resource_not_found(self):
        response = self.generate("ResourceNotFoundException", 404, KeyIdentifier="alias/none")
        self.assertEqual(response["ResourceId"], "alias/none")
        unassigned = "alias/unassigned"
        api.client("control").create_alias(AliasName=unassigned)
        self.generate("ResourceNotFoundException", 404, KeyIdentifier=unassigned)
        arn = self.key()
        gone = arn[:-16] + "a" * 16
        for method, members in [
            ("get_key", {"KeyIdentifier": gone}),
            ("delete_key", {"KeyIdentifier": gone}),
            ("get_alias", {"AliasName": "alias/none"}),
            ("update_alias", {"AliasName": "alias/none"}),
            ("delete_alias", {"AliasName": "alias/none"}),
            ("create_alias", {"AliasName": "alias/of-none", "KeyArn": gone}),
            ("list_tags_for_resource", {"ResourceArn": gone}),
            ("get_public_key_certificate", {"KeyIdentifier": gone}),
        ]:
            name = "ResourceNotFoundException"
            response = self.raised("control", name, 400, method, **members)
            self.assertIn(response["ResourceId"], members.values())

    def test_access_denied(self):
        message = self.generate("AccessDeniedException", 403, "reader")["Error"]["Message"]
        self.assertRegex(
            message,
            r"^User: arn:aws:iam::111122223333:user/AKIDREADER is not authorized to perform: "
            r"payment-cryptography:GenerateAuthRequestCryptogram on resource: arn:aws:",
        )
        answer = api.client("data", "reader").verify_auth_request_cryptogram(
            **VISA, AuthRequestCryptogram=VISA_CRYPTOGRAM
        )
        self.assertEqual(answer["KeyCheckValue"], KEY_CHECK_VALUE)
        demo = {"KeyIdentifier": "alias/demo"}
        api.client("control", "reader").get_key(**demo)
        self.raised("control", "AccessDeniedException", 400, "delete_key", "reader", **demo)
        self.raised("control", "AccessDeniedException", 400, "list_keys", "reader")

    def test_another_account(self):
        self.generate("AccessDeniedException", 403, "neighbour")
        demo = {"KeyIdentifier": "alias/demo"}
        self.raised("control", "AccessDeniedException", 400, "get_key", "neighbour", **demo)
        self.raised("control", "AccessDeniedException", 400, "list_keys", "neighbour")

    def test_conflict(self):
        api.client("control").create_alias(AliasName="alias/twice")
        create = {"method": "create_alias", "AliasName": "alias/twice"}
        self.raised("control", "ConflictException", 400, **create)

    def test_quota(self):
        tags = [{"Key": f"k{index}", "Value": "v"} for index in range(200)]
        arn = self.key(Tags=tags)
        more = {"ResourceArn": arn, "Tags": [{"Key": "more", "Value": "v"}]}
        self.raised("control", "ServiceQuotaExceededException", 400, "tag_resource", **more)
        other = {"ResourceArn": arn, "Tags": [{"Key": "k0", "Value": "w"}]}
        api.client("control").tag_resource(**other)

    def test_keys_that_are_for_something_else(self):
        client = api.client("control")
        for attributes, text in [
            (CRYPTOGRAM_KEY | {"KeyUsage": "TR31_E2_EMV_MKEY_INTEGRITY"}, "KeyUsage"),
            (CRYPTOGRAM_KEY | {"KeyAlgorithm": "AES_128"}, "KeyAlgorithm"),
            (CRYPTOGRAM_KEY | {"KeyAlgorithm": "TDES_3KEY"}, "KeyAlgorithm"),
            (CRYPTOGRAM_KEY | {"KeyModesOfUse": {"NoRestrictions": True}}, "KeyModesOfUse"),
        ]:
            arn = self.key(KeyAttributes=attributes)
            response = self.generate("ValidationException", 400, KeyIdentifier=arn)
            self.assertEqual(response["Error"]["Message"], f"{text} of the input key is invalid")
        self.generate("ValidationException", 400, KeyIdentifier=self.key(Enabled=False))
        arn = self.key()
        client.delete_key(KeyIdentifier=arn)
        self.generate("ValidationException", 400, KeyIdentifier=arn)
        wrong = {"KeyUsage": "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", "KeyModesOfUse": {"Verify": True}}
        self.raised(
            "control",
            "ValidationException",
            400,
            "create_key",
            KeyAttributes=CRYPTOGRAM_KEY | wrong,
            Exportable=True,
        )

    def test_serialization(self):
        for plane, operation in [("data", "GenerateAuthRequestCryptogram"), ("control", "GetKey")]:
            for body in (b"", b"{", b"[]", b"null", b'{"KeyIdentifier": 1}', b"{} {}", b"\xff"):
                with self.subTest(plane=plane, body=body):
                    answer = api.send(api.sign(api.request(plane, operation, body)))
                    self.assertEqual((answer.code, answer.status), ("SerializationException", 400))
            self.seen[plane].add("SerializationException")

    def test_unknown_operation(self):
        self.raised(
            "data",
            "UnknownOperationException",
            404,
            "generate_mac",
            KeyIdentifier="alias/demo",
            MessageData="00",
            GenerationAttributes={"Algorithm": "CMAC"},
        )
        self.raised(
            "control",
            "UnknownOperationException",
            400,
            "add_key_replication_regions",
            KeyIdentifier=self.key(),
            ReplicationRegions=["us-west-2"],
        )

    def test_operation_that_no_sdk_knows(self):
        for plane, status in [("data", 404), ("control", 400)]:
            operation = OPERATIONS[plane][0]
            request = api.request(plane, operation, {})
            request.url = request.url.replace("/cryptogram/", "/unknown/")
            if plane == "control":
                request.headers.replace_header("X-Amz-Target", "PaymentCryptographyControlPlane.No")
            answer = api.send(api.sign(request))
            self.assertEqual((answer.code, answer.status), ("UnknownOperationException", status))

    def test_zz_all_of_the_model(self):
        """After the others: their errors are those of the models, but for the ones named above."""
        for plane, operations in OPERATIONS.items():
            model = api.service_model(plane)
            named = {
                shape.name
                for operation in operations
                for shape in model.operation_model(operation).error_shapes
            }
            self.assertEqual(named - self.seen[plane] - ELSEWHERE - set(NEVER), set())
