"""What the server does with those who do not keep to HTTP, or to its limits."""

import socket
import time
import unittest

import api

VERIFY = b"POST /cryptogram/verify HTTP/1.1\r\nHost: x\r\n"


def exchange(data, wait):
    """What is answered, and how many seconds later the connection is closed; None if it is not."""
    with socket.create_connection(("localhost", api.under_test().port)) as connection:
        connection.settimeout(wait)
        start, answer = time.monotonic(), b""
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass
        except TimeoutError:
            return answer, None
        return answer, time.monotonic() - start


class Limits(unittest.TestCase):
    def closed(self, data, status):
        answer, seconds = exchange(data, 5)
        self.assertTrue(answer.startswith(b"HTTP/1.1 %d " % status), answer[:80])
        self.assertIsNotNone(seconds, "the connection is still open")
        self.assertEqual(answer.count(b"HTTP/1.1 "), 1)

    def test_not_http(self):
        self.closed(b"\x16\x03\x01\x02\x00garbage\r\n\r\n", 400)
        self.closed(b"POST /%ff\x00\x80 HTTP/1.1\r\nHost: x\r\n\r\n", 400)

    def test_headers(self):
        self.closed(b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 70000 + b"\r\n\r\n", 400)
        many = b"".join(b"X%d: y\r\n" % index for index in range(300))
        self.closed(b"GET /health HTTP/1.1\r\nHost: x\r\n" + many + b"\r\n", 400)

    def test_bodies(self):
        self.closed(VERIFY + b"Content-Length: 99999999\r\n\r\n{}", 413)
        chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        self.closed(VERIFY + b"Transfer-Encoding: chunked\r\n\r\n" + chunk, 413)

    def test_strangers_have_no_batch_kept(self):
        head = b"POST /cryptogram/verify-batch HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n"
        self.closed(head + b"\r\n", 403)

    def test_slow_body(self):
        answer, seconds = exchange(VERIFY + b"Content-Length: 10\r\n\r\n{", 15)
        self.assertIsNotNone(seconds)
        self.assertGreater(seconds, 8)
        self.assertNotIn(b"200 OK", answer)

    def test_requests_in_a_row(self):
        ready = b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"
        answer, seconds = exchange(ready * 3, 2)
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK"), 3)
        self.assertIsNone(seconds)
        self.assertIn(b"\r\nDate: ", answer)
