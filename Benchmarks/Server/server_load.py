#!/usr/bin/env python3
"""What `arqc serve` takes, beside a Hummingbird server that only echoes, in one run.

Scripts/benchmark-server runs it; --help names its options.
"""

import argparse
import configparser
import contextlib
import datetime
import hashlib
import http.client
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from signed_requests import Signer, bodies

HERE = pathlib.Path(__file__).parent
VERIFY, BATCH = "/cryptogram/verify", "/cryptogram/verify-batch"
ECHO, SERVER = "echo", "arqc serve"


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Each line of the table is the median of the rounds, in which the servers take turns. "
        "The load comes from wrk, on the same processors.",
    )
    add = parser.add_argument
    add("--arqc", required=True, help="the command, built for release")
    add("--echo", required=True, help="the echo server, built for release")
    add("--seconds", type=int, default=4, help="of each measurement (default: 4)")
    add("--rounds", type=int, default=5, help="measurements of each server (default: 5)")
    add("--connections", type=int, nargs="+", default=[1, 8, 64, 256], help="(default: 1 8 64 256)")
    add("--requests", type=int, default=20_000, help="prepared, all different (default: 20000)")
    add("--soak", type=int, default=0, metavar="N", help="watch the memory over N requests")
    add("--json", type=argparse.FileType("w"), help="write the rows there as well")
    return parser.parse_args()


class Server:
    """A server process on a free port, in a directory of its own."""

    def __init__(self, command, directory):
        self.directory = directory
        self.log = open(directory / "log", "a+b")
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, cwd=directory
        )
        for _ in range(200):
            if found := re.search(rb"listening on .*port (\d+)", self.text()):
                self.port = int(found[1])
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.process.kill()
        sys.exit(f"{command[0]} did not start: {self.text().decode()}")

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def memory(self):
        """In MB: what is resident, and how much of that no file is behind."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        fields = [re.search(rf"^{name}:\s+(\d+)", status, re.M) for name in ("VmRSS", "RssAnon")]
        return tuple(int(field[1]) / 1000 for field in fields)

    def processor_time(self):
        """In seconds, so far."""
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = stat.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


@contextlib.contextmanager
def running(command, prefix=()):
    with tempfile.TemporaryDirectory() as directory:
        server = Server([*prefix, *command], pathlib.Path(directory))
        try:
            yield server
        finally:
            server.stop()


def serve(arqc):
    """With a window that outlasts a long run: the requests are signed once."""
    return [arqc, "serve", "--listen", "127.0.0.1:0", "--clock-window", "86400"]


def signer(server):
    """Of the credentials that the server's first start made."""
    profiles = configparser.ConfigParser()
    profiles.read(server.directory / "arqc-data" / "credentials")
    profile = profiles[profiles.sections()[0]]
    keys = profile["aws_access_key_id"], profile["aws_secret_access_key"]
    return Signer(*keys, "us-east-1", f"127.0.0.1:{server.port}")


def wrk(server, file, connections, seconds):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    command += ["-s", HERE / "load.lua", f"http://127.0.0.1:{server.port}{VERIFY}", "--", file]
    before = server.processor_time()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = json.loads(output.splitlines()[-1])
    if result["refused"] or result["broken"]:
        sys.exit(f"requests were refused or broken: {result}")
    count = result["requests"]
    return {
        "requests": count,
        "perSecond": count * 1e6 / result["microseconds"],
        "p50": result["p50"],
        "p99": result["p99"],
        "processorMicroseconds": (server.processor_time() - before) * 1e6 / count,
    }


def check(server, signer, body):
    """That what is timed is what it is to be: answers with the key and the ARPC, and refusals."""
    headers = signer.headers(VERIFY, body)
    for sent, status in [(body, 200), (body + b" ", 403)]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("POST", VERIFY, sent, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        if response.status != status or (status == 200 and len(answer["AuthResponseValue"]) != 16):
            sys.exit(f"unexpected answer: {response.status} {answer}")


def measure_load(options, prepared):
    """Rows of both servers."""
    with running([options.echo]) as echo, running(serve(options.arqc)) as server:
        time.sleep(1)
        resident, own = server.memory()
        print(f"{SERVER} when idle: {resident:.1f} MB resident, {own:.1f} of them its own")
        signs = signer(server)
        check(server, signs, prepared[0])
        file = server.directory / "requests"
        file.write_bytes(b"\0".join(signs.request(VERIFY, body) for body in prepared))
        servers = {ECHO: echo, SERVER: server}
        for each in servers.values():
            wrk(each, file, 64, 2)
        print(f"\n{'connections':>11} {'server':<10} {'a second':>9} {'p50 µs':>7} {'p99 µs':>7}"
              f" {'CPU µs':>7}")
        rows = [row for count in options.connections
                for row in compare(options, servers, file, count)]
        if options.soak:
            soak(server, file, options.soak)
    return rows + [{"server": SERVER, "idleMegabytes": resident}]


def compare(options, servers, file, connections):
    samples = {name: [] for name in servers}
    for _ in range(options.rounds):
        for name, server in servers.items():
            samples[name].append(wrk(server, file, connections, options.seconds))
    rows = []
    for name, taken in samples.items():
        row = {key: statistics.median(sample[key] for sample in taken) for key in taken[0]}
        rows.append({"server": name, "connections": connections} | row)
        print(f"{connections:>11} {name:<10} {row['perSecond']:>9.0f} {row['p50']:>7.0f}"
              f" {row['p99']:>7.0f} {row['processorMicroseconds']:>7.1f}")
    pairs = zip(samples[SERVER], samples[ECHO])
    ratios = sorted(ours["perSecond"] / bare["perSecond"] for ours, bare in pairs)
    rows[-1]["ratio"] = statistics.median(ratios)
    print(f"{'':>11} of the echo: {rows[-1]['ratio']:.0%} ({ratios[0]:.0%} to {ratios[-1]:.0%})",
          flush=True)
    return rows


def soak(server, file, requests):
    """In parts, to show how the memory goes."""
    print(f"\nMemory over {requests:,} requests at 64 connections, MB of its own (resident)")
    done = 0
    while done < requests:
        done += wrk(server, file, 64, 20 if requests > 100_000 else 1)["requests"]
        resident, own = server.memory()
        print(f"{done:>11,} {own:.1f} ({resident:.1f})", flush=True)


def measure_batch(options, prepared):
    """The row of verify-batch, the server on one core."""
    core = max(os.sched_getaffinity(0))
    body = b"\n".join(prepared * 5)[: 60 << 20]
    body = body[: body.rindex(b"\n") + 1]
    lines = body.count(b"\n")
    with running(serve(options.arqc), ["taskset", "-c", str(core)]) as server:
        digest = hashlib.sha256(body).hexdigest()
        headers = signer(server).headers(BATCH, body, x_amz_content_sha256=digest)
        seconds = [post(server, body, headers, lines) for _ in range(options.rounds + 1)][1:]
        rates = sorted(lines / time for time in seconds)
        rate = statistics.median(rates)
        resident, own = server.memory()
    print(f"\nverify-batch on one core: {rate:,.0f} a second ({rates[0]:,.0f} to {rates[-1]:,.0f}),"
          f" {lines:,} lines a request; memory then {own:.1f} MB ({resident:.1f})")
    return {"server": SERVER, "work": "verify-batch", "lines": lines, "perSecond": rate}


def post(server, body, headers, lines):
    """How long it takes to be answered, in seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    start = time.monotonic()
    connection.request("POST", BATCH, body, headers)
    response = connection.getresponse()
    answer = response.read()
    seconds = time.monotonic() - start
    if response.status != 200 or answer.count(b'"AuthResponseValue"') != lines:
        sys.exit(f"unexpected answer: {response.status} {answer[:200]}")
    return seconds


def machine():
    """The processor, and the day."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    name, family, model = (
        re.search(rf"^{field}\s*: (.*)$", text, re.M)[1]
        for field in ("model name", "cpu family", "model")
    )
    cores = len(os.sched_getaffinity(0))
    return f"{name} (family {family}, model {model}), {cores} cores, {datetime.date.today()}"


def main():
    options = arguments()
    print(machine())
    prepared = bodies(options.arqc, options.requests)
    rows = measure_load(options, prepared)
    rows.append(measure_batch(options, prepared))
    if options.json:
        json.dump(rows, options.json, indent=1)


if __name__ == "__main__":
    main()
