#!/usr/bin/env python3
"""Verifies any number of cryptograms by one signed request to `arqc serve`.

    verify_batch.py ENDPOINT KEY-IDENTIFIER <requests.jsonl

Each line of the input is a body of VerifyAuthRequestCryptogram, of the key that it or else
KEY-IDENTIFIER names; each line of the output is its answer, as the request alone would get it, in
order. botocore signs, with the credentials that it finds: AWS_SHARED_CREDENTIALS_FILE, AWS_PROFILE;
AWS_CA_BUNDLE names the authority of a server with TLS.
"""

import hashlib
import json
import sys

import botocore.httpsession
import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

endpoint, key_identifier = sys.argv[1:]
requests = [{"KeyIdentifier": key_identifier} | json.loads(line) for line in sys.stdin]
body = "".join(json.dumps(request) + "\n" for request in requests).encode()

# The server must know the hash before the body comes: it is a header, and signed with the others.
headers = {
    "Content-Type": "application/jsonl",
    "X-Amz-Content-SHA256": hashlib.sha256(body).hexdigest(),
}
request = AWSRequest("POST", endpoint + "/cryptogram/verify-batch", headers, body)
session = botocore.session.get_session()
SigV4Auth(session.get_credentials(), "payment-cryptography", "us-east-1").add_auth(request)

authorities = session.get_config_variable("ca_bundle") or True
response = botocore.httpsession.URLLib3Session(verify=authorities).send(request.prepare())
if response.status_code != 200:
    sys.exit(f"{response.status_code} {response.text}")
sys.stdout.write(response.text)
