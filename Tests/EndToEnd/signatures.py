"""Signatures by two signers that have nothing in common, and each way in which one can be wrong.

botocore's is Python, awscrt's is the C that the newer SDKs have in common.
"""

import datetime
import io
import os
import signal
import tempfile

import api
from awscrt import auth, http
from examples import KEY_CHECK_VALUE, VISA
from server import PROFILES, REGION, Server, write_credentials

REQUESTS = {
    "data": ("GenerateAuthRequestCryptogram", VISA),
    "control": ("GetKey", {"KeyIdentifier": "alias/demo"}),
}
REFUSAL_STATUS = {"data": 403, "control": 400}


def unsigned(plane, endpoint=None):
    return api.request(plane, *REQUESTS[plane], endpoint)


def sign_by_runtime(request, profile="owner", minutes=0, hash_header=False):
    """Signs as the AWS Common Runtime does, with a clock that is wrong by some minutes."""
    values = PROFILES[profile]
    header = auth.AwsSignedBodyHeaderType
    config = auth.AwsSigningConfig(
        credentials_provider=auth.AwsCredentialsProvider.new_static(
            values["aws_access_key_id"],
            values["aws_secret_access_key"],
            values.get("aws_session_token"),
        ),
        region=REGION,
        service=api.SIGNING_NAME,
        date=datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes),
        signed_body_header_type=header.X_AMZ_CONTENT_SHA_256 if hash_header else header.NONE,
    )
    prepared = request.prepare()
    headers = http.HttpHeaders(list(prepared.headers.items()))
    headers.set("Host", prepared.url.split("/")[2])
    path = prepared.url.split(headers.get("Host"), 1)[1]
    signed = auth.aws_sign_request(
        http.HttpRequest(prepared.method, path, headers, io.BytesIO(prepared.body)), config
    ).result(60)
    for name, value in signed.headers:
        request.headers[name] = value
    return request


class SignatureTestCase(api.TestCase):
    def accepted(self, plane, signed):
        answer = api.send(signed)
        self.assertEqual(answer.status, 200, answer.body)
        key = answer.body if plane == "data" else answer.body["Key"]
        self.assertEqual(key["KeyCheckValue"], KEY_CHECK_VALUE)

    def not_accepted(self, plane, signed, code, text=""):
        answer = api.send(signed)
        self.assertEqual((answer.code, answer.status), (code, REFUSAL_STATUS[plane]), answer.body)
        self.assertIn(text, answer.message)


class Signatures(SignatureTestCase):
    def test_both_signers(self):
        for plane in REQUESTS:
            for profile in ("owner", "session"):
                with self.subTest(plane=plane, profile=profile):
                    self.accepted(plane, api.sign(unsigned(plane), profile))
                    self.accepted(plane, sign_by_runtime(unsigned(plane), profile))
                    hashed = sign_by_runtime(unsigned(plane), profile, hash_header=True)
                    self.assertIn("x-amz-content-sha256", hashed.headers)
                    self.accepted(plane, hashed)

    def test_clock(self):
        for plane in REQUESTS:
            for minutes in (-3, 3):
                self.accepted(plane, sign_by_runtime(unsigned(plane), minutes=minutes))
            for minutes, text in [(-8, "Signature expired"), (8, "Signature not yet current")]:
                late = sign_by_runtime(unsigned(plane), minutes=minutes)
                self.not_accepted(plane, late, "InvalidSignatureException", text)

    def test_without_a_signature(self):
        for plane in REQUESTS:
            self.not_accepted(plane, unsigned(plane), "MissingAuthenticationTokenException")

    def test_half_a_signature(self):
        for plane in REQUESTS:
            whole = api.sign(unsigned(plane)).headers["Authorization"]
            for part in [
                "AWS4-HMAC-SHA256",
                whole.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"),
                whole.replace("Signature=", "Signature"),
                whole.split(", Signature=")[0],
                whole.replace("SignedHeaders=", "Headers="),
                "Bearer token",
            ]:
                with self.subTest(plane=plane, part=part):
                    request = api.sign(unsigned(plane))
                    request.headers.replace_header("Authorization", part)
                    self.not_accepted(plane, request, "IncompleteSignatureException")

    def test_another_signature(self):
        secret = {"aws_secret_access_key": "another"}
        for plane in REQUESTS:
            body = api.sign(unsigned(plane))
            body.data = body.data.replace(b"alias/demo", b"alias/none")
            header = api.sign(unsigned(plane))
            header.headers["X-Amz-Target"] = "PaymentCryptographyControlPlane.DeleteKey"
            for request in [
                api.sign(unsigned(plane), **secret),
                api.sign(unsigned(plane), region="eu-west-1"),
                api.sign(unsigned(plane), service="kms"),
                body,
                header,
            ]:
                self.not_accepted(plane, request, "InvalidSignatureException")

    def test_strangers(self):
        token = PROFILES["session"]["aws_session_token"]
        for plane in REQUESTS:
            for request in [
                api.sign(unsigned(plane), aws_access_key_id="AKIDNONE"),
                api.sign(unsigned(plane), "session", aws_session_token=token[::-1]),
                api.sign(unsigned(plane), "session", aws_session_token=None),
                api.sign(unsigned(plane), "owner", aws_session_token=token),
            ]:
                self.not_accepted(plane, request, "UnrecognizedClientException")

    def test_expired(self):
        for plane in REQUESTS:
            expired = api.sign(unsigned(plane), "expired")
            self.not_accepted(plane, expired, "ExpiredTokenException")

    def test_as_boto3_tells_them(self):
        for plane, method in [("data", "generate_auth_request_cryptogram"), ("control", "get_key")]:
            members = REQUESTS[plane][1]
            getattr(api.client(plane, "session"), method)(**members)
            call = getattr(api.client(plane, "expired"), method)
            self.refused("ExpiredTokenException", REFUSAL_STATUS[plane], call, **members)


class Reload(SignatureTestCase):
    """On SIGHUP the credentials are those that the file then holds."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.credentials = os.path.join(folder.name, "own")
        write_credentials(self.credentials, ["owner", "session"])
        self.server = Server(
            api.under_test("arqc"), folder.name, "--credentials", self.credentials
        )
        self.addCleanup(self.server.__exit__)

    def test_as_soon_as_it_listens(self):
        self.server.process.send_signal(signal.SIGHUP)
        self.check(["owner"], [])

    def hang_up(self, text, count=1):
        self.server.process.send_signal(signal.SIGHUP)
        self.server.wait_for(text, count)

    def check(self, known, strangers):
        for plane in REQUESTS:
            for profile in known:
                request = unsigned(plane, self.server.endpoint)
                self.accepted(plane, api.sign(request, profile))
            for profile in strangers:
                request = unsigned(plane, self.server.endpoint)
                code = "UnrecognizedClientException"
                self.not_accepted(plane, api.sign(request, profile), code)

    def test_reload(self):
        self.check(["owner", "session"], ["successor"])
        write_credentials(self.credentials, ["successor", "session"])
        self.check(["owner", "session"], ["successor"])
        self.hang_up("credentials read again")
        self.check(["successor", "session"], ["owner"])

        with open(self.credentials, "a") as file:
            file.write("[owner]\naws_access_key_id = AKIDEXAMPLE\n")
        self.hang_up("credentials cannot be read again")
        self.check(["successor", "session"], ["owner"])
        os.remove(self.credentials)
        self.hang_up("credentials cannot be read again", 2)
        self.check(["successor", "session"], ["owner"])

        write_credentials(self.credentials, ["owner"])
        self.hang_up("credentials read again", 2)
        self.check(["owner"], ["successor", "session"])
