"""A server whose disk is full: the error is its own, and what it had acknowledged is not lost."""

import resource
import tempfile

import api
from control_plane import CRYPTOGRAM_KEY
from examples import KEY_CHECK_VALUE, VISA
from server import Server

CREATE = {"KeyAttributes": CRYPTOGRAM_KEY, "Exportable": True}


class FullDisk(api.TestCase):
    def test_internal_server_error(self):
        arqc, options = api.under_test("arqc"), api.under_test("options")
        with tempfile.TemporaryDirectory() as folder:
            with Server(arqc, folder, *options) as server:
                keys = self.keys_that_fit(server)
            # The store wants a restart after a failed write: what it then holds is known for sure.
            with Server(arqc, folder, *options) as server:
                control = api.client("control", endpoint=server.endpoint)
                self.assertEqual(control.list_keys()["Keys"], keys)
                control.create_key(**CREATE)

    def keys_that_fit(self, server):
        """All that the server has acknowledged before and after its disk was full."""
        control = api.client("control", endpoint=server.endpoint)
        control.create_key(**CREATE)
        _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, most))
        for _ in range(2):
            with self.assertRaises(control.exceptions.InternalServerException) as caught:
                control.create_key(**CREATE)
            metadata = caught.exception.response["ResponseMetadata"]
            self.assertEqual(metadata["HTTPStatusCode"], 500)
        # Reading takes no room.
        data = api.client("data", endpoint=server.endpoint)
        answer = data.generate_auth_request_cryptogram(**VISA)
        self.assertEqual(answer["KeyCheckValue"], KEY_CHECK_VALUE)
        keys = control.list_keys()["Keys"]
        self.assertEqual(len(keys), 2)
        return keys
