#!/usr/bin/env python3
"""Writes the published known answers of Tests/TestVectors as a stream of cases (case.h), each of
them in more rows than a backend has lanes."""

import json
import pathlib
import struct
import sys

END, ENCRYPT, DECRYPT, MAC_1, MAC_3, CMAC, CRYPTOGRAM = range(7)
DES, AES = range(2)
ROWS = 1025

# Appendix C, by the length of the key.
fips_197 = {
    16: "69C4E0D86A7B0430D8CDB78070B4C55A",
    24: "DDA97CA4864CDFE06EAF70A0EC0D7191",
    32: "8EA2B7CA516745BFEAFC49904B496089",
}

vectors = pathlib.Path(__file__).parent.parent / "TestVectors" / "vectors"


def write(operation, cipher, key, message, result, padding=0):
    sizes = [len(part) for part in (key, message, result)]
    rows = 0 if operation == END else ROWS
    sys.stdout.buffer.write(struct.pack("<7I", operation, cipher, *sizes, padding, rows))
    sys.stdout.buffer.write((key + message + result) * rows)


def each(kind):
    for vector in json.loads((vectors / f"{kind}.json").read_text())["vectors"]:
        yield vector["scheme"], vector["inputs"], bytes.fromhex(vector["expected"])


def ciphers():
    for kind in "des", "tdes":
        for _, inputs, encrypted in each(kind):
            key, plain = bytes.fromhex(inputs["key"]), bytes.fromhex(inputs["plain"])
            write(ENCRYPT, DES, key, plain, encrypted)
            write(DECRYPT, DES, key, encrypted, plain)
    plain = bytes(0x11 * i for i in range(16))
    for key_bytes, encrypted in fips_197.items():
        encrypted = bytes.fromhex(encrypted)
        write(ENCRYPT, AES, bytes(range(key_bytes)), plain, encrypted)
        write(DECRYPT, AES, bytes(range(key_bytes)), encrypted, plain)


def macs():
    for _, inputs, mac in each("aes_cmac"):
        write(CMAC, AES, bytes.fromhex(inputs["key"]), bytes.fromhex(inputs["msg"]), mac)
    for scheme, inputs, mac in each("iso9797"):
        operation = {"MAC alg 1": MAC_1, "MAC alg 3": MAC_3}[scheme[:9]]
        message = bytes.fromhex(inputs["msg"])
        write(operation, DES, bytes.fromhex(inputs["key"]), message, mac, inputs["padding"])
    for _, inputs, mac in each("ac"):
        if "sk" not in inputs or not isinstance(inputs["padding"], int):
            continue
        operation = MAC_1 if inputs.get("mac") == "alg1-TDES" else MAC_3
        data = bytes.fromhex(inputs["data"])
        write(operation, DES, bytes.fromhex(inputs["sk"]), data, mac, inputs["padding"])


def cryptograms():
    """From the issuer master key on: option A and the common session key."""
    for scheme, inputs, mac in each("ac"):
        common = any(name in scheme for name in ("EMV CSK", "EMV common"))
        option_a = inputs.get("option", "A") == "A"
        if not common or not option_a or not isinstance(inputs["padding"], int):
            continue
        sequence = inputs["psn"] if len(inputs["psn"]) == 2 else "00"
        card = bytes.fromhex((inputs["pan"] + sequence).rjust(16, "0")[-16:])
        start = bytes.fromhex(inputs["R"] if "R" in inputs else inputs["atc"] + "000000000000")
        message = card + start + bytes.fromhex(inputs["data"])
        write(CRYPTOGRAM, DES, bytes.fromhex(inputs["imk"]), message, mac, inputs["padding"])


ciphers()
macs()
cryptograms()
write(END, DES, b"", b"", b"")
