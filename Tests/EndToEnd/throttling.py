"""What boto3 makes of a server that has too much to do: it tries again."""

import http.client
import http.server
import threading

import api
from examples import KEY_CHECK_VALUE, VISA

# As the server answers when too many requests are under way, a state that no client can bring about
# reliably.
THROTTLED = {"data": (429, "application/json"), "control": (400, "application/x-amz-json-1.0")}
BODY = b'{"__type":"ThrottlingException","Message":"Too many requests at a time: try again."}'


class Proxy(http.server.ThreadingHTTPServer):
    """Hands requests on to the server, but first refuses as many as it is told to."""

    def __init__(self):
        super().__init__(("localhost", 0), Handler)
        self.refusals = 0
        self.requests = 0

    @property
    def endpoint(self):
        return f"http://localhost:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests += 1
        if self.server.refusals:
            self.server.refusals -= 1
            plane = "control" if "X-Amz-Target" in self.headers else "data"
            status, content_type = THROTTLED[plane]
            headers = [("Content-Type", content_type), ("x-amzn-ErrorType", "ThrottlingException")]
            return self.answer(status, headers, BODY)
        upstream = http.client.HTTPConnection("localhost", api.under_test().port, timeout=60)
        upstream.request("POST", self.path, body, dict(self.headers))
        response = upstream.getresponse()
        self.answer(response.status, response.getheaders(), response.read())
        upstream.close()

    def answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Throttling(api.TestCase):
    CALLS = {
        "data": ("generate_auth_request_cryptogram", VISA),
        "control": ("get_key", {"KeyIdentifier": "alias/demo"}),
    }

    def test_retried(self):
        for plane, (method, members) in self.CALLS.items():
            with self.subTest(plane=plane), Proxy() as proxy:
                proxy.refusals = 2
                client = api.client(plane, attempts=3, endpoint=proxy.endpoint)
                answer = getattr(client, method)(**members)
                self.assertEqual(answer.get("Key", answer)["KeyCheckValue"], KEY_CHECK_VALUE)
                self.assertEqual(answer["ResponseMetadata"]["RetryAttempts"], 2)
                self.assertEqual(proxy.requests, 3)

    def test_told_in_the_end(self):
        for plane, (method, members) in self.CALLS.items():
            with self.subTest(plane=plane), Proxy() as proxy:
                proxy.refusals = 2
                client = api.client(plane, attempts=2, endpoint=proxy.endpoint)
                with self.assertRaises(client.exceptions.ThrottlingException) as caught:
                    getattr(client, method)(**members)
                metadata = caught.exception.response["ResponseMetadata"]
                self.assertEqual(metadata["HTTPStatusCode"], THROTTLED[plane][0])
                self.assertEqual(proxy.requests, 2)
