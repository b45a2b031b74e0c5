"""What boto3 makes of a server that lets an account make one request a second: it tries again."""

import tempfile
import time

import api
from examples import KEY_CHECK_VALUE, VISA
from server import Server

STATUS = {"data": 429, "control": 400}
CALLS = {
    "data": ("generate_auth_request_cryptogram", VISA),
    "control": ("get_key", {"KeyIdentifier": "alias/demo"}),
}


class Throttling(api.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        options = [*api.under_test("options"), "--rate-limit", "data=1,control=1"]
        cls.server = Server(api.under_test("arqc"), folder.name, *options)
        cls.addClassCleanup(cls.server.__exit__)

    def until(self, plane, is_wanted, **settings):
        """Calls until an answer is a wanted one, however slow this machine is: only requests that
        follow each other within a second are too many."""
        client = api.client(plane, endpoint=self.server.endpoint, **settings)
        method, members = CALLS[plane]
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                answer = getattr(client, method)(**members)
            except client.exceptions.ThrottlingException as error:
                answer = error.response
            if is_wanted(answer):
                return answer
        self.fail("no such answer in two minutes")

    def test_retried(self):
        for plane in CALLS:
            with self.subTest(plane=plane):
                answer = self.until(
                    plane, lambda answer: answer["ResponseMetadata"]["RetryAttempts"], attempts=20
                )
                self.assertNotIn("Error", answer)
                self.assertEqual(answer.get("Key", answer)["KeyCheckValue"], KEY_CHECK_VALUE)

    def test_told_without_a_retry(self):
        for plane in CALLS:
            with self.subTest(plane=plane):
                answer = self.until(plane, lambda answer: "Error" in answer)
                self.assertEqual(answer["Error"]["Message"], "Rate exceeded")
                metadata = answer["ResponseMetadata"]
                self.assertEqual(metadata["HTTPStatusCode"], STATUS[plane])
                self.assertEqual(metadata["RetryAttempts"], 0)

    def test_of_each_account(self):
        """Another's requests are not among them: it is told what it would be told at any time."""
        for plane, status in [("data", 403), ("control", 400)]:
            self.until(plane, lambda answer: "Error" in answer)
            method, members = CALLS[plane]
            call = getattr(api.client(plane, "neighbour", endpoint=self.server.endpoint), method)
            self.refused("AccessDeniedException", status, call, **members)
