"""Many verifications in one request: each line is answered as it is alone."""

import hashlib
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time

import api
import vectors
from control_plane import CRYPTOGRAM_KEY
from examples import COMMON, COMMON_CRYPTOGRAM, VISA, VISA_CRYPTOGRAM
from server import Server

OPERATION = "VerifyAuthRequestCryptogram"
HASH = "X-Amz-Content-SHA256"
MOST_BYTES = 64 * 1024 * 1024
RIGHT = VISA | {"AuthRequestCryptogram": VISA_CRYPTOGRAM}


def unsigned(body, stated=None, endpoint=None):
    """A batch that states its hash, or that of something else."""
    request = api.request("data", OPERATION, body, endpoint)
    request.url = request.url.replace("/verify", "/verify-batch")
    request.headers[HASH] = hashlib.sha256(body if stated is None else stated).hexdigest()
    return request


@api.cached
def alone(line, profile="owner"):
    return api.send(api.sign(api.request("data", OPERATION, line), profile)).content


def known_answers():
    """The published cryptograms, right and wrong, and some answered by an ARPC."""
    for vector in vectors.load("ac"):
        try:
            key, found = vectors.requests(vector)
        except vectors.NotExpressible:
            continue
        for request in found:
            request = request | {"KeyIdentifier": vectors.arn(key)}
            for cryptogram in (vector["expected"], vectors.tampered(vector["expected"])):
                yield request | {"AuthRequestCryptogram": cryptogram}
    for vector in vectors.load("arpc"):
        try:
            key, found = vectors.response_requests(vector)
        except vectors.NotExpressible:
            continue
        cryptogram = {"AuthRequestCryptogram": vector["inputs"]["arqc"]}
        yield from (request | cryptogram | {"KeyIdentifier": vectors.arn(key)} for request in found)


def key(**members):
    names = CRYPTOGRAM_KEY | members.pop("names", {})
    made = api.client("control").create_key(KeyAttributes=names, Exportable=True, **members)
    return made["Key"]["KeyArn"]


def keys_that_cannot_be_used():
    api.client("control").create_alias(AliasName="alias/batch/unassigned")
    arn = key()
    yield from ["alias/none", arn[:-16] + "a" * 16, "alias/batch/unassigned", "nonsense", "", None]
    yield key(names={"KeyUsage": "TR31_E2_EMV_MKEY_INTEGRITY"})
    yield key(names={"KeyAlgorithm": "AES_128"})
    yield key(Enabled=False)
    api.client("control").delete_key(KeyIdentifier=arn)
    yield arn


def refused_members():
    for name in RIGHT:
        yield {other: value for other, value in RIGHT.items() if other != name}
        yield RIGHT | {name: 1}
        yield RIGHT | {name: "!"}
    card = VISA["SessionKeyDerivationAttributes"]["Visa"]
    yield RIGHT | {"MajorKeyDerivationMode": "EMV_OPTION_B"}
    yield RIGHT | {"TransactionData": "123"}
    yield RIGHT | {"TransactionData": "12" * 9}
    yield RIGHT | {"SessionKeyDerivationAttributes": {"Visa": card, "Amex": card}}
    yield RIGHT | {"SessionKeyDerivationAttributes": {}}
    yield RIGHT | {"AuthResponseAttributes": {"ArpcMethod1": {"AuthResponseCode": "3"}}}


TEXTS = [b"", b" ", b"{", b"null", b"[]", b'"x"', b"{} {}", b"\xff\xfe", b"\0", b"x" * 5000]


@api.cached
def lines():
    """Each kind of line there is, some hundred, in any order."""
    requests = [*known_answers(), *refused_members()]
    requests += [RIGHT | {"KeyIdentifier": name} for name in keys_that_cannot_be_used()]
    requests.append(COMMON | {"AuthRequestCryptogram": COMMON_CRYPTOGRAM, "Unknown": [1]})
    right = json.dumps(RIGHT).encode()
    found = [json.dumps(request).encode() for request in requests]
    found += TEXTS + [right + b"\r", b" " + right, right + b"x", right[:-1]]
    found += [right] * 150
    random.Random(1).shuffle(found)
    return found


class Batch(api.TestCase):
    def answers(self, body, profile="owner"):
        answer = api.send(api.sign(unsigned(body), profile))
        self.assertEqual(answer.status, 200, answer.content[:500])
        self.assertEqual(answer.headers["content-type"], "application/jsonl")
        self.assertRegex(answer.headers["x-amzn-requestid"], r"^[0-9a-f-]{36}$")
        self.assertTrue(answer.content.endswith(b"\n"))
        return answer.content[:-1].split(b"\n")

    def check(self, body, expected, profile="owner"):
        answers = self.answers(body, profile)
        self.assertEqual(len(answers), len(expected))
        for line, answer in zip(expected, answers):
            self.assertEqual(answer, alone(line, profile), line)

    def test_as_alone(self):
        text = b"\n".join(lines())
        self.check(text + b"\n", lines())
        self.check(text, lines())
        codes = [json.loads(alone(line)).get("__type", "verified") for line in lines()]
        print(f"{len(lines())} lines: {({code: codes.count(code) for code in sorted(codes)})}")
        self.assertGreater(codes.count("verified"), 150)

    def test_more_than_is_computed_at_a_time(self):
        many = lines() * 12
        self.assertGreater(sum(map(len, many)), 1 << 20)
        self.check(b"\n".join(many), many)

    def test_one_line(self):
        for line in (json.dumps(RIGHT).encode(), b"{"):
            for end in (b"", b"\n"):
                self.check(line + end, [line])
        self.check(b"\n", [b""])
        self.check(b"\n\n", [b"", b""])

    def test_of_those_who_may_and_who_may_not(self):
        for profile in ("reader", "session", "neighbour"):
            self.check(b"\n".join(lines()), lines(), profile)

    def not_accepted(self, request, code, status=403):
        answer = api.send(request)
        self.assertEqual((answer.code, answer.status), (code, status), answer.content[:500])

    def test_signatures(self):
        body = json.dumps(RIGHT).encode()
        self.not_accepted(unsigned(body), "MissingAuthenticationTokenException")
        without = unsigned(body)
        del without.headers[HASH]
        self.not_accepted(api.sign(without), "IncompleteSignatureException")
        added = unsigned(body)
        value = added.headers[HASH]
        del added.headers[HASH]
        api.sign(added)
        added.headers[HASH] = value
        self.not_accepted(added, "InvalidSignatureException")
        for stated in (b"", body + b"\n", body.lower()):
            wrong = api.sign(unsigned(body, stated))
            self.not_accepted(wrong, "InvalidSignatureException")
        changed = api.sign(unsigned(body))
        changed.data = body + b"\n"
        self.not_accepted(changed, "InvalidSignatureException")
        secret = {"aws_secret_access_key": "another"}
        self.not_accepted(api.sign(unsigned(body), **secret), "InvalidSignatureException")
        self.not_accepted(api.sign(unsigned(body), "expired"), "ExpiredTokenException")


class Example(api.TestCase):
    """The program that users are shown."""

    def test_answers(self):
        folder = pathlib.Path(__file__).parents[2] / "Scripts" / "examples"
        command = [sys.executable, folder / "verify_batch.py"]
        command += [api.under_test().endpoint, "alias/demo"]
        environment = os.environ | {"AWS_PROFILE": "owner"}
        with open(folder / "requests.jsonl") as requests:
            done = subprocess.run(
                command, stdin=requests, env=environment, capture_output=True, text=True
            )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        expected = [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]
        self.assertEqual(len(answers), len(expected))
        for answer, result in zip(answers, expected):
            self.assertEqual("KeyArn" in answer, result["Result"] == "VERIFIED", answer)
            self.assertEqual(answer.get("AuthResponseValue"), result.get("AuthResponseValue"))


class BatchLimits(api.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        options = [*api.under_test("options"), "--rate-limit", "data=1"]
        self.server = Server(api.under_test("arqc"), folder.name, *options)
        self.addCleanup(self.server.__exit__)

    def batch(self, body):
        return api.sign(unsigned(body, endpoint=self.server.endpoint))

    def test_size(self):
        """A body that is said to be too large is not waited for."""
        prepared = self.batch(b"{}").prepare()
        headers = dict(prepared.headers) | {
            "Host": f"localhost:{self.server.port}",
            "Content-Length": MOST_BYTES + 1,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with socket.create_connection(("localhost", self.server.port), 60) as connection:
            start = "POST /cryptogram/verify-batch HTTP/1.1\r\n"
            connection.sendall(f"{start}{head}\r\n".encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer)
        self.assertIn(b"RequestEntityTooLargeException", answer)

    def test_each_line_counts(self):
        lines = [json.dumps(RIGHT).encode()] * 120
        answer = api.send(self.batch(b"\n".join(lines)))
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.content.count(b"\n"), 120)
        # Long enough for one request more, had it counted as one; two minutes are to go.
        time.sleep(1.5)
        single = api.request("data", OPERATION, lines[0], self.server.endpoint)
        for request in (self.batch(lines[0]), api.sign(single)):
            answer = api.send(request)
            self.assertEqual((answer.code, answer.status), ("ThrottlingException", 429))
