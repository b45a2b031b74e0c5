#!/usr/bin/env python3
"""What `arqc serve` takes, beside a Hummingbird server that only echoes, in one run.

Scripts/benchmark-server runs it; --help names its options.
"""

import argparse
import configparser
import contextlib
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


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--arqc", required=True, help="the command, built for release")
    parser.add_argument("--echo", required=True, help="the echo server, built for release")
    parser.add_argument("--seconds", type=int, default=8, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each server")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--requests", type=int, default=20_000, help="prepared, all different")
    parser.add_argument("--soak", type=int, default=0, metavar="N", help="watch memory over N requests")
    parser.add_argument("--json", type=argparse.FileType("w"), help="write the rows there as well")
    return parser.parse_args()


class Server:
    """A server process on a free port, and its memory."""

    def __init__(self, command, directory, environment=None):
        self.log = open(directory / "log", "a+b")
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, cwd=directory, env=environment
        )
        for _ in range(200):
            self.log.seek(0)
            if found := re.search(rb"listening on .*port (\d+)", self.log.read()):
                self.port = int(found[1])
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.log.seek(0)
        sys.exit(f"{command[0]} did not start: {self.log.read().decode()}")

    def memory(self):
        """Resident memory in MB, without files' pages that others can use as well."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return {
            name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M)[1]) / 1000
            for name in ["VmRSS", "RssAnon", "VmHWM"]
        }

    def seconds(self):
        """Of processors, used so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


@contextlib.contextmanager
def running(command, prefix=()):
    with tempfile.TemporaryDirectory() as directory:
        server = Server([*prefix, *command], pathlib.Path(directory))
        server.directory = pathlib.Path(directory)
        try:
            yield server
        finally:
            server.stop()


def serve(arqc):
    """With a window that outlasts a long run: the requests are signed once."""
    return [arqc, "serve", "--listen", "127.0.0.1:0", "--clock-window", "86400"]


def signer(server):
    profiles = configparser.ConfigParser()
    profiles.read(server.directory / "arqc-data" / "credentials")
    profile = profiles[profiles.sections()[0]]
    return Signer(
        profile["aws_access_key_id"],
        profile["aws_secret_access_key"],
        "us-east-1",
        f"127.0.0.1:{server.port}",
    )


def wrk(server, file, connections, seconds):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    command += ["-s", HERE / "load.lua", f"http://127.0.0.1:{server.port}{VERIFY}", "--", file]
    before = server.seconds()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = json.loads(output.splitlines()[-1])
    if result["refused"] or result["broken"]:
        sys.exit(f"requests were refused or broken: {result}")
    result["perSecond"] = result["requests"] * 1e6 / result["microseconds"]
    result["serverMicroseconds"] = (server.seconds() - before) * 1e6 / result["requests"]
    return result


def check(server, signer, body):
    """That what is timed is what it is to be: an answer with the key and the ARPC."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", VERIFY, body, signer.headers(VERIFY, body))
    response = connection.getresponse()
    answer = json.loads(response.read())
    if response.status != 200 or len(answer["AuthResponseValue"]) != 16:
        sys.exit(f"unexpected answer: {response.status} {answer}")


def requests_file(directory, name, signer, prepared):
    file = directory / name
    file.write_bytes(b"\0".join(signer.request(VERIFY, body) for body in prepared))
    return file


def measure_load(options, prepared):
    """Rows of both servers, measured in turn."""
    rows = []
    with running([options.echo]) as echo, running(serve(options.arqc)) as server:
        time.sleep(1)
        idle = server.memory()
        print(f"Idle: {idle['VmRSS']:.1f} MB resident, {idle['RssAnon']:.1f} of them its own")
        own = signer(server)
        check(server, own, prepared[0])
        file = requests_file(server.directory, "verify", own, prepared)
        subjects = [("echo", echo), ("arqc serve", server)]
        for _, subject in subjects:
            wrk(subject, file, 64, 2)
        print(f"\n{'connections':>11} {'server':<11} {'a second':>9} {'p50 µs':>7} {'p99 µs':>7} {'CPU µs':>7}")
        for connections in options.connections:
            samples = {name: [] for name, _ in subjects}
            for _ in range(options.rounds):
                for name, subject in subjects:
                    samples[name].append(wrk(subject, file, connections, options.seconds))
            for name, _ in subjects:
                row = {
                    key: statistics.median(sample[key] for sample in samples[name])
                    for key in ["perSecond", "p50", "p99", "serverMicroseconds"]
                }
                row |= {"server": name, "connections": connections}
                rows.append(row)
                print(
                    f"{connections:>11} {name:<11} {row['perSecond']:>9.0f} {row['p50']:>7.0f} "
                    f"{row['p99']:>7.0f} {row['serverMicroseconds']:>7.1f}"
                )
            pairs = zip(samples["arqc serve"], samples["echo"])
            ratios = sorted(ours["perSecond"] / bare["perSecond"] for ours, bare in pairs)
            ratio = statistics.median(ratios)
            rows[-1]["ratio"] = ratio
            print(f"{'':>11} of the echo: {ratio:.0%} ({ratios[0]:.0%} to {ratios[-1]:.0%})")
        if options.soak:
            soak(options, server, file)
    return rows


def soak(options, server, file):
    print(f"\nMemory over {options.soak:,} requests, MB of its own (resident)")
    done = 0
    while done < options.soak:
        done += wrk(server, file, 64, 20)["requests"]
        memory = server.memory()
        print(f"{done:>11,} {memory['RssAnon']:.1f} ({memory['VmRSS']:.1f})", flush=True)


def measure_batch(options, prepared):
    """verify-batch, the server on one core."""
    cores = sorted(os.sched_getaffinity(0))
    body = b"\n".join(prepared * 5)[: 60 << 20]
    body = body[: body.rindex(b"\n") + 1]
    lines = body.count(b"\n")
    with running(serve(options.arqc), ["taskset", "-c", str(cores[-1])]) as server:
        own = signer(server)
        hashed = __import__("hashlib").sha256(body).hexdigest()
        headers = own.headers(BATCH, body, x_amz_content_sha256=hashed)
        rates = []
        for _ in range(options.rounds + 1):
            before = server.seconds()
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            start = time.monotonic()
            connection.request("POST", BATCH, body, headers)
            response = connection.getresponse()
            answer = response.read()
            seconds = time.monotonic() - start
            used = server.seconds() - before
            if response.status != 200 or answer.count(b'"AuthResponseValue"') != lines:
                sys.exit(f"unexpected answer: {response.status} {answer[:200]}")
            rates.append((lines / seconds, used * 1e9 / lines))
        rate, used = (statistics.median(column) for column in zip(*rates[1:]))
        print(f"\nverify-batch on one core: {rate:,.0f} a second, {used:.0f} ns of the core each "
              f"({lines:,} lines a request)")
        print(f"memory then: {server.memory()}")
    return {"server": "arqc serve", "work": "verify-batch", "perSecond": rate}


def main():
    options = arguments()
    prepared = bodies(options.arqc, options.requests)
    rows = measure_load(options, prepared)
    rows.append(measure_batch(options, prepared))
    if options.json:
        json.dump(rows, options.json, indent=1)


if __name__ == "__main__":
    main()
