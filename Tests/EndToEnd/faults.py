"""A server whose disk fails: the error is its own, and what it had acknowledged is not lost."""

import os
import resource
import tempfile

import api
from control_plane import CRYPTOGRAM_KEY
from examples import KEY_CHECK_VALUE, VISA
from server import Server

CREATE = {"KeyAttributes": CRYPTOGRAM_KEY, "Exportable": True}


def limit_files(server, size):
    """Lets the server write no file beyond that size in bytes."""
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, most))


class Faults(api.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def server(self):
        return Server(api.under_test("arqc"), self.folder, *api.under_test("options"))

    def fails(self, call, **members):
        self.refused("InternalServerException", 500, call, **members)

    def generates(self, server):
        """Reading takes no room."""
        data = api.client("data", endpoint=server.endpoint)
        answer = data.generate_auth_request_cryptogram(**VISA)
        self.assertEqual(answer["KeyCheckValue"], KEY_CHECK_VALUE)

    def test_full_disk(self):
        """A change that cannot be recorded in the audit log is not made, until there is room."""
        with self.server() as server:
            control = api.client("control", endpoint=server.endpoint)
            control.create_key(**CREATE)
            keys = control.list_keys()["Keys"]
            limit_files(server, 0)
            for _ in range(2):
                self.fails(control.create_key, **CREATE)
                self.assertEqual(control.list_keys()["Keys"], keys)
            self.generates(server)
            limit_files(server, resource.RLIM_INFINITY)
            self.assertEqual(control.list_keys()["Keys"], keys)
            control.create_key(**CREATE)
            keys = control.list_keys()["Keys"]
            self.assertEqual(len(keys), 3)
        with self.server() as server:
            control = api.client("control", endpoint=server.endpoint)
            self.assertEqual(control.list_keys()["Keys"], keys)

    def test_failed_write(self):
        """The store wants a restart after it: what it then holds is known for sure."""
        with self.server() as server:
            control = api.client("control", endpoint=server.endpoint)
            control.create_key(**CREATE)
            keys = control.list_keys()["Keys"]
            self.assertEqual(server.status("/ready"), 200)
            # The database's log has no room; the audit log is shorter and has.
            size = os.path.getsize(os.path.join(server.data, "keys.sqlite-wal"))
            self.assertLess(2 * len(server.audit_text()), size)
            limit_files(server, size)
            self.fails(control.create_key, **CREATE)
            limit_files(server, resource.RLIM_INFINITY)
            self.fails(control.create_key, **CREATE)
            self.assertEqual(server.status("/ready"), 503)
            self.assertEqual(server.status("/health"), 200)
            self.assertEqual(control.list_keys()["Keys"], keys)
            self.generates(server)
        with self.server() as server:
            control = api.client("control", endpoint=server.endpoint)
            self.assertEqual(server.status("/ready"), 200)
            self.assertEqual(control.list_keys()["Keys"], keys)
            control.create_key(**CREATE)
