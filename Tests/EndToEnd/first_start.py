"""The commands that the first start prints, as a shell runs them with the unmodified AWS CLI."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import api
from examples import COMMON_CRYPTOGRAM, KEY_CHECK_VALUE, VISA_CRYPTOGRAM
from server import Server

COMMAND = re.compile(r"^AWS_SHARED_CREDENTIALS_FILE=.*", re.M)


def run(command):
    folder = os.path.dirname(api.under_test("aws"))
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    return subprocess.run(command, shell=True, capture_output=True, text=True, env=environment)


def readme_command(server):
    """The README's, for this server."""
    text = (pathlib.Path(__file__).parents[2] / "README.md").read_text()
    command = re.search(r"^\$ (AWS_SHARED_CREDENTIALS_FILE=.*?)^```", text, re.M | re.S)[1]
    for written, here in [
        ("arqc-data/credentials", os.path.join(server.data, "credentials")),
        (":8080 ", f":{server.port} "),
    ]:
        assert written in command, command
        command = command.replace(written, here)
    return command


class FirstStart(api.TestCase):
    def test_printed_commands(self):
        arqc = api.under_test("arqc")
        with tempfile.TemporaryDirectory() as folder:
            with Server(arqc, folder, listen="127.0.0.1:0") as server:
                commands = COMMAND.findall(server.log_text())
                self.assertEqual(len(commands), 2)
                for command, cryptogram in zip(commands, (VISA_CRYPTOGRAM, COMMON_CRYPTOGRAM)):
                    self.verified(command)
                    self.refuted(command.replace(cryptogram, cryptogram[:-1] + "0"))
                old = f":{server.port} "
                self.verified(readme_command(server))
            # The key and the credentials are there after it; nothing is printed again.
            with Server(arqc, folder, listen="127.0.0.1:0") as server:
                self.assertEqual(COMMAND.findall(server.log_text()), [])
                self.verified(commands[0].replace(old, f":{server.port} "))

    def verified(self, command):
        done = run(command)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        answer = json.loads(done.stdout)
        self.assertEqual(answer["KeyCheckValue"], KEY_CHECK_VALUE)
        self.assertRegex(answer["KeyArn"], "^arn:aws:payment-cryptography:us-east-1:[0-9]{12}:key/")

    def refuted(self, command):
        done = run(command)
        self.assertEqual((done.returncode, done.stdout), (255, ""))
        self.assertIn("VerificationFailedException", done.stderr)
        self.assertIn("Auth request cryptogram verification failed.", done.stderr)
