"""Verifications that an AWS SDK could have sent: each card its own, each request signed (SigV4)."""

import datetime
import hashlib
import hmac
import json
import random
import subprocess

SERVICE = "payment-cryptography"
KEY = "0123456789ABCDEFFEDCBA9876543210"  # the guides' public test key, alias/demo


def bodies(arqc, count, seed=1):
    """Bodies of VerifyAuthRequestCryptogram whose cryptograms are right, of `arqc generate`'s."""
    generator = random.Random(seed)
    requests = []
    for _ in range(count):
        attributes = {
            "PrimaryAccountNumber": "%016d" % generator.randrange(10**16),
            "PanSequenceNumber": "%02d" % generator.randrange(100),
            "ApplicationTransactionCounter": "%04X" % generator.randrange(65536),
        }
        requests.append(
            {
                "KeyIdentifier": "alias/demo",
                "TransactionData": generator.randbytes(48).hex().upper(),
                "MajorKeyDerivationMode": "EMV_OPTION_A",
                "SessionKeyDerivationAttributes": {"EmvCommon": attributes},
            }
        )
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    command = [arqc, "generate", "--format", "jsonl", "-"]
    output = subprocess.run(
        command, input=lines, env={"ARQC_KEY": KEY}, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for request, line in zip(requests, output, strict=True):
        request["AuthRequestCryptogram"] = json.loads(line)["AuthRequestCryptogram"]
        request["AuthResponseAttributes"] = {"ArpcMethod1": {"AuthResponseCode": "3030"}}
    return [json.dumps(request, separators=(",", ":")).encode() for request in requests]


class Signer:
    """AWS General Reference, "Create a signed AWS API request"."""

    def __init__(self, access_key_id, secret, region, host):
        self.access_key_id, self.region, self.host = access_key_id, region, host
        self.time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        self.scope = f"{self.time[:8]}/{region}/{SERVICE}/aws4_request"
        key = b"AWS4" + secret.encode()
        for part in self.scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        self.key = key

    def headers(self, path, body, **more):
        """The headers of a POST, those of an AWS SDK."""
        digest = hashlib.sha256(body).hexdigest()
        signed = {"content-type": "application/json", "host": self.host, "x-amz-date": self.time}
        signed |= {name.replace("_", "-"): value for name, value in more.items()}
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        canonical = f"POST\n{path}\n\n{lines}\n{names}\n{digest}"
        text = "\n".join(
            ["AWS4-HMAC-SHA256", self.time, self.scope]
            + [hashlib.sha256(canonical.encode()).hexdigest()]
        )
        signature = hmac.digest(self.key, text.encode(), "sha256").hex()
        authorization = (
            f"AWS4-HMAC-SHA256 Credential={self.access_key_id}/{self.scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        return signed | {"authorization": authorization}

    def request(self, path, body):
        """A POST as it goes over the wire."""
        headers = self.headers(path, body) | {
            "accept-encoding": "identity",
            "content-length": str(len(body)),
            "user-agent": "Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux#6.1 lang/python#3.11",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
