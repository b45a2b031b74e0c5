"""`arqc serve` as the tests start it, with the profiles that sign their requests."""

import http.client
import json
import os
import re
import subprocess
import time

ACCOUNT = "111122223333"
REGION = "us-east-1"

# The keys of the AWS documentation's examples, and others that nothing uses.
PROFILES = {
    "owner": {
        "aws_access_key_id": "AKIDEXAMPLE",
        "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    },
    "reader": {
        "aws_access_key_id": "AKIDREADER",
        "aws_secret_access_key": "wJalrXUtnREADER",
        "allowed_actions": "VerifyAuthRequestCryptogram, payment-cryptography:Get*",
    },
    "successor": {
        "aws_access_key_id": "AKIDSUCCESSOR",
        "aws_secret_access_key": "wJalrXUtnSUCCESSOR",
    },
    "session": {
        "aws_access_key_id": "ASIASESSION",
        "aws_secret_access_key": "wJalrXUtnSESSION",
        "aws_session_token": "wJalrXUtnTOKEN",
        "expiration": "2999-12-31T23:59:59Z",
    },
    "expired": {
        "aws_access_key_id": "ASIAEXPIRED",
        "aws_secret_access_key": "wJalrXUtnEXPIRED",
        "aws_session_token": "wJalrXUtnOLDTOKEN",
        "expiration": "2020-01-01T00:00:00Z",
    },
    "neighbour": {
        "aws_access_key_id": "AKIDNEIGHBOUR",
        "aws_secret_access_key": "wJalrXUtnNEIGHBOUR",
        "aws_account_id": "444455556666",
    },
}

# What the tests send and no log may hold: PANs, cryptograms, data, keys, secrets.
SECRETS = re.compile(
    r"9137631040001422|D791093C8A92|61EDCC708B4C|0000000017000000|0123456789ABCDEF|wJalrXUtn",
    re.IGNORECASE,
)


def write_credentials(path, names=tuple(PROFILES)):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for name in names:
            file.write(f"[{name}]\n")
            file.writelines(f"{key} = {value}\n" for key, value in PROFILES[name].items())


class Server:
    """A server on a free port, with a folder of its own for all that it writes."""

    def __init__(self, arqc, folder, *options, tls=None, listen="localhost:0"):
        self.log = os.path.join(folder, "log")
        self.data = os.path.join(folder, "data")
        self.audit_log = os.path.join(self.data, "audit.log")
        self.scheme = "https" if tls else "http"
        arguments = [arqc, "serve", "--listen", listen, "--data-dir", self.data]
        if tls:
            arguments += ["--tls-certificate", tls[0], "--tls-key", tls[1]]
        # Python ignores SIGXFSZ, and so may the server, which then hears of a full disk.
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                arguments + list(options), stderr=log, restore_signals=False
            )
        self.port = self._port()

    @property
    def endpoint(self):
        return f"{self.scheme}://localhost:{self.port}"

    def log_text(self):
        with open(self.log) as file:
            return file.read()

    def wait_for(self, text, count):
        """Waits until the text is in the log so often."""
        deadline = time.monotonic() + 120
        while self.log_text().count(text) < count:
            if time.monotonic() > deadline:
                raise RuntimeError(f"'{text}' is not in the log:\n{self.log_text()}")
            time.sleep(0.05)

    def audit_text(self):
        with open(self.audit_log) as file:
            return file.read()

    def audit_records(self):
        return [json.loads(line) for line in self.audit_text().splitlines()]

    def status(self, path):
        """The status that GET of the path is answered with."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def _port(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"^arqc: listening on .* port (\d+)$", self.log_text(), re.M)
            if found:
                return int(found[1])
            time.sleep(0.05)
        self.process.kill()
        raise RuntimeError(f"the server did not start:\n{self.log_text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends it as an operator does, and looks at how it ended and at what it has recorded."""
        self.process.terminate()
        try:
            status = self.process.wait(120)
        finally:
            self.process.kill()
        if status != 0:
            raise RuntimeError(f"the server ended with status {status}:\n{self.log_text()}")
        # What is not JSON is for the terminal: the first start's examples.
        logged = [line for line in self.log_text().splitlines() if line.startswith("{")]
        for line in logged + self.audit_text().splitlines():
            if SECRETS.search(line):
                raise RuntimeError(f"a log holds a secret: {line}")
