"""How the tests reach the server under test: by boto3's clients, and by requests made by hand."""

import collections
import dataclasses
import functools
import json
import os
import re
import socket
import unittest

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session

from server import PROFILES, REGION

SERVICES = {"data": "payment-cryptography-data", "control": "payment-cryptography"}
SIGNING_NAME = "payment-cryptography"

_under_test = {}
_caches = []


def cached(function):
    """Remembers what is returned until another server is under test."""
    _caches.append(functools.cache(function))
    return _caches[-1]


def use(**values):
    """Sets the server under test, and what else the modules are told of the run."""
    _under_test.update(values)
    for cache in _caches:
        cache.cache_clear()


def under_test(name="server"):
    return _under_test[name]


@functools.cache
def _session(profile):
    return boto3.session.Session(profile_name=profile)


# How often boto3 had a success from each operation.
successes = collections.Counter()
# What boto3 was answered: the endpoint, operation, request's number, and the error's code if any.
answers = set()


def _record(http_response, parsed, model, endpoint, **_):
    if http_response.status_code == 200:
        successes[model.name] += 1
    code = parsed.get("Error", {}).get("Code")
    answers.add((endpoint, model.name, parsed["ResponseMetadata"]["RequestId"], code))


@cached
def client(plane, profile="owner", attempts=1, endpoint=None):
    made = _session(profile).client(
        SERVICES[plane],
        region_name=REGION,
        endpoint_url=endpoint or under_test().endpoint,
        config=Config(retries={"total_max_attempts": attempts, "mode": "standard"}),
    )
    record = functools.partial(_record, endpoint=made.meta.endpoint_url)
    made.meta.events.register("after-call", record)
    return made


@functools.cache
def service_model(plane):
    return _session("owner")._session.get_service_model(SERVICES[plane])


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    content: bytes

    @functools.cached_property
    def body(self):
        return json.loads(self.content)

    @property
    def code(self):
        """The name of the error, which both kinds of SDK must find; None for a success."""
        code, header = self.body.get("__type"), self.headers.get("x-amzn-errortype")
        if code != header:
            raise AssertionError(f"__type is {code}, x-amzn-ErrorType {header}")
        return code

    @property
    def message(self):
        return self.body.get("message", self.body.get("Message", ""))


def request(plane, operation, body, endpoint=None):
    """A request that is not yet signed.

    body: what is to be sent as JSON, or bytes.
    """
    model = service_model(plane)
    http = model.operation_model(operation).http
    headers = {"Content-Type": "application/json"}
    if plane == "control":
        target = f"{model.metadata['targetPrefix']}.{operation}"
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": target}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = re.sub(r"\{\w+\}", "alias%2Fdemo", http["requestUri"])
    url = (endpoint or under_test().endpoint) + path
    return AWSRequest(http["method"], url, headers, data)


def sign(unsigned, profile="owner", region=REGION, service=SIGNING_NAME, **changes):
    """Signs as botocore does.

    changes: members of the profile that are to be others.
    """
    values = PROFILES[profile] | changes
    credentials = Credentials(
        values["aws_access_key_id"],
        values["aws_secret_access_key"],
        values.get("aws_session_token"),
    )
    SigV4Auth(credentials, service, region).add_auth(unsigned)
    return unsigned


@functools.cache
def _connections(authority):
    # As boto3's clients have it: without the option each request waits for an acknowledgement.
    options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    return URLLib3Session(verify=authority or True, max_pool_connections=8, socket_options=options)


def send(signed):
    response = _connections(os.environ.get("AWS_CA_BUNDLE")).send(signed.prepare())
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content)


class TestCase(unittest.TestCase):
    def refused(self, code, status, call, **members):
        """What boto3 has of the error that the call must end with."""
        with self.assertRaises(ClientError) as caught:
            call(**members)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        return response
