"""The published cryptograms of the kinds `ac` and `arpc` that the API can express.

Each vector is either run or counted with the reason why the API has no words for it.
"""

import collections
import functools
import json
import pathlib

import api
import wrapping

FOLDER = pathlib.Path(__file__).parent.parent / "TestVectors" / "vectors"
# How the schemes of the vectors derive session keys, in the API's words. Visa's and Amex' are the
# same: there is none.
NO_SESSION_KEY = ("Visa", "Amex")
MEMBERS = {
    "CCD/CPA": ("EmvCommon",),
    "EMV CSK": ("EmvCommon",),
    "Interac CVN133": ("Mastercard",),
    "M/Chip SKD": ("Mastercard",),
    "Mastercard CVN16": ("Mastercard",),
    "Mastercard CVN17": ("Mastercard",),
    "Mastercard CVN20": ("EmvCommon",),
    "Mastercard CVN21": ("EmvCommon",),
    "UnionPay/PBOC": ("UnionPay",),
    "VSDC": NO_SESSION_KEY,
    "Visa CVN10": NO_SESSION_KEY,
    "Visa CVN18": ("EmvCommon",),
    "Visa CVN'22'": ("EmvCommon",),
}
# Where the counter stands in the data of the recommended elements (EMV Book 2, 8.1.1).
COUNTER_IN_DATA = slice(62, 66)


class NotExpressible(Exception):
    """Why the API cannot say what a vector does."""


def load(kind):
    return json.loads((FOLDER / f"{kind}.json").read_text())["vectors"]


def padded(inputs):
    """The data with the vector's padding: the API takes what is padded already."""
    data = inputs["data"] + ("80" if inputs["padding"] == 2 else "")
    if str(inputs["padding"]).startswith("already"):
        return data
    return data + "0" * (-len(data) % 16)


def members(vector):
    for scheme, names in MEMBERS.items():
        if vector["scheme"].startswith(scheme):
            return names
    raise NotExpressible(f"{vector['scheme']}: no member of the union")


def session_key_attributes(name, inputs):
    card = {"PrimaryAccountNumber": inputs["pan"], "PanSequenceNumber": inputs["psn"]}
    tags = inputs.get("tags", {})
    if name not in NO_SESSION_KEY:
        counter = inputs.get("atc") or tags.get("9F36") or inputs["data"][COUNTER_IN_DATA]
        card["ApplicationTransactionCounter"] = counter
    if name == "Mastercard":
        card["UnpredictableNumber"] = inputs.get("un") or tags["9F37"]
    return {name: card}


def requests(vector):
    """The requests that say what a vector of kind `ac` does, and the issuer master key."""
    inputs = vector["inputs"]
    key = inputs.get("imk") or inputs.get("imk_ac")
    if "mac" in inputs:
        raise NotExpressible("a MAC by algorithm 1 with triple DES")
    if not key:
        raise NotExpressible("no issuer master key is given")
    if "R" in inputs:
        raise NotExpressible("a session key of a diversification value that no counter makes")
    if inputs.get("option") == "B" and len(inputs["pan"]) < 17:
        raise NotExpressible("option B with a short PAN, which the API refuses")
    return bytes.fromhex(key), [
        {
            "TransactionData": padded(inputs),
            "MajorKeyDerivationMode": f"EMV_OPTION_{inputs.get('option', 'A')}",
            "SessionKeyDerivationAttributes": session_key_attributes(name, inputs),
        }
        for name in members(vector)
    ]


def without_parity(key):
    return bytes(byte & 0xFE for byte in bytes.fromhex(key))


def response_requests(vector):
    """The same for a vector of kind `arpc`: requests to verify the ARQC that it answers."""
    inputs = vector["inputs"]
    if "mac" in inputs:
        raise NotExpressible("a MAC by algorithm 1 with triple DES")
    if "R" in inputs:
        raise NotExpressible("a session key of a diversification value that no counter makes")
    answered = [one for one in load("ac") if one["expected"] == inputs["arqc"]]
    if not answered:
        raise NotExpressible("the data of its ARQC is not given")
    key, found = requests(answered[0])
    # Under Mastercard the API answers with the master key, which is then not the vector's `sk`.
    is_session_key = without_parity(inputs.get("key") or inputs["sk"]) == without_parity(
        answered[0]["inputs"].get("sk") or inputs.get("key")
    )
    if is_session_key and "Mastercard" in members(answered[0]):
        raise NotExpressible("an ARPC under the session key of M/Chip")
    if "arc" in inputs:
        attributes = {"ArpcMethod1": {"AuthResponseCode": inputs["arc"]}}
    else:
        method = {"CardStatusUpdate": inputs["csu"]}
        if inputs.get("prop"):
            method["ProprietaryAuthenticationData"] = inputs["prop"]
        attributes = {"ArpcMethod2": method}
    return key, [request | {"AuthResponseAttributes": attributes} for request in found]


def tampered(cryptogram):
    return f"{int(cryptogram, 16) ^ 1:016X}"


@api.cached
def arn(key):
    """The name of an issuer master key, brought in."""
    control = api.client("control")
    return wrapping.import_cryptogram(control, key, wrapping.cryptogram_key())["KeyArn"]


class Vectors(api.TestCase):
    @functools.cached_property
    def client(self):
        return api.client("data")

    def run_all(self, kind, requests, check):
        """Runs those that are expressible; how many, and how many are not for each reason."""
        run, reasons, vectors = 0, collections.Counter(), load(kind)
        for vector in vectors:
            try:
                key, found = requests(vector)
            except NotExpressible as reason:
                reasons[str(reason)] += 1
                continue
            for request in found:
                with self.subTest(vector=vector["id"]):
                    check(vector, request | {"KeyIdentifier": arn(key)})
            run += 1
        print(f"{kind}: {run} of {len(vectors)} vectors run; not expressible: {dict(reasons)}")
        self.assertEqual(run + reasons.total(), len(vectors))
        return run, reasons.total()

    def check_cryptogram(self, vector, request):
        expected = vector["expected"]
        answer = self.client.generate_auth_request_cryptogram(**request)
        self.assertEqual(answer["AuthRequestCryptogram"], expected)
        self.client.verify_auth_request_cryptogram(
            **request, AuthRequestCryptogram=expected.lower()
        )
        self.refused(
            "VerificationFailedException",
            400,
            self.client.verify_auth_request_cryptogram,
            **request,
            AuthRequestCryptogram=tampered(expected),
        )

    def check_response(self, vector, request):
        arqc = vector["inputs"]["arqc"]
        answer = self.client.verify_auth_request_cryptogram(**request, AuthRequestCryptogram=arqc)
        self.assertEqual(answer["AuthResponseValue"], vector["expected"])
        self.refused(
            "VerificationFailedException",
            400,
            self.client.verify_auth_request_cryptogram,
            **request,
            AuthRequestCryptogram=tampered(arqc),
        )

    def test_cryptograms(self):
        self.assertEqual(self.run_all("ac", requests, self.check_cryptogram), (22, 9))

    def test_responses(self):
        self.assertEqual(self.run_all("arpc", response_requests, self.check_response), (18, 13))
