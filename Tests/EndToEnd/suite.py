#!/usr/bin/env python3
"""Runs `arqc serve` and the tests of this folder against it, over HTTP and some over TLS.

    suite.py ARQC AWS CERTIFICATE KEY [MODULE...]

The program, the AWS CLI's, and a certificate of localhost; without a module all are run.
"""

import os
import sys
import tempfile
import unittest

# Before botocore is imported: the tests' own profiles are all that it may find.
for name in [name for name in os.environ if name.startswith(("AWS_", "ARQC_"))]:
    del os.environ[name]

import api
from server import Server, write_credentials

MODULES = [
    "data_plane",
    "control_plane",
    "imports",
    "exports",
    "key_attributes",
    "key_pairs",
    "vectors",
    "batch",
    "constraints",
    "errors",
    "signatures",
    "throttling",
    "faults",
    "first_start",
    "limits",
    "every_operation",
]
OVER_TLS = ["data_plane", "batch", "signatures"]


def run(names):
    """How many tests there were, and whether all passed."""
    count, is_passed = 0, True
    for name in names:
        tests = unittest.defaultTestLoader.loadTestsFromName(name)
        print(f"\n{name}", flush=True)
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=1).run(tests)
        count += result.testsRun
        is_passed &= result.wasSuccessful() and result.testsRun > 0
    return count, is_passed


def main():
    arqc, aws, certificate, key, *names = sys.argv[1:]
    names = names or MODULES
    count, is_passed = 0, True
    with tempfile.TemporaryDirectory() as folder:
        credentials = os.path.join(folder, "credentials")
        write_credentials(credentials)
        os.environ["AWS_SHARED_CREDENTIALS_FILE"] = credentials
        os.environ["AWS_CONFIG_FILE"] = os.devnull
        options = ["--credentials", credentials, "--log-level", "debug"]
        api.use(arqc=arqc, aws=aws, options=options)
        for scheme, tls in [("HTTP", None), ("TLS", (certificate, key))]:
            chosen = [name for name in names if tls is None or name in OVER_TLS]
            if tls:
                os.environ["AWS_CA_BUNDLE"] = certificate
            work = os.path.join(folder, scheme)
            os.mkdir(work)
            print(f"\n== over {scheme}", flush=True)
            with Server(arqc, work, *options, tls=tls) as server:
                api.use(server=server)
                ran, passed = run(chosen)
                count, is_passed = count + ran, is_passed and passed
    print(f"\nend-to-end: {count} tests {'passed' if is_passed else 'FAILED'}")
    sys.exit(not is_passed)


if __name__ == "__main__":
    main()
