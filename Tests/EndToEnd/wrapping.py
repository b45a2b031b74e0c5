"""Keys on their way in and out, by `cryptography` and psec, which the server knows nothing of."""

import base64
import datetime
import os
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.utils import CryptographyDeprecationWarning

# psec has triple DES from where it will not be for long.
warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning)
from psec import des, tr31  # noqa: E402

HASHES = {"RSA_OAEP_SHA_256": hashes.SHA256(), "RSA_OAEP_SHA_512": hashes.SHA512()}
PROTECTION_MODES = {"Encrypt": True, "Decrypt": True, "Wrap": True, "Unwrap": True}


def random_key(algorithm):
    """Bytes for a key; those of DES have odd parity, which no check value shows."""
    if algorithm.startswith("TDES"):
        return des.adjust_key_parity(os.urandom(24 if algorithm == "TDES_3KEY" else 16))
    return os.urandom(int(algorithm[-3:]) // 8)


def check_value(key, algorithm):
    """AWS API reference, KeyCheckValue: zeros under TDES, CMAC of zeros under AES."""
    if algorithm.startswith("TDES"):
        return des.generate_kcv(key, 3).hex().upper()
    code = CMAC(algorithms.AES(key))
    code.update(bytes(16))
    return code.finalize()[:3].hex().upper()


def attributes(usage, algorithm, modes, key_class="SYMMETRIC_KEY"):
    return {
        "KeyUsage": usage,
        "KeyClass": key_class,
        "KeyAlgorithm": algorithm,
        "KeyModesOfUse": modes,
    }


def cryptogram_key(algorithm="TDES_2KEY"):
    return attributes("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", algorithm, {"DeriveKey": True})


def protection_key(usage, algorithm):
    names = {"K0": "TR31_K0_KEY_ENCRYPTION_KEY", "K1": "TR31_K1_KEY_BLOCK_PROTECTION_KEY"}
    return attributes(names[usage], algorithm, PROTECTION_MODES)


def oaep(spec):
    return padding.OAEP(padding.MGF1(HASHES[spec]), HASHES[spec], label=None)


def pem(text):
    """The certificates of a member of the API, which has base64 of PEM."""
    return x509.load_pem_x509_certificates(base64.b64decode(text))


def member(certificate):
    return base64.b64encode(certificate.public_bytes(serialization.Encoding.PEM)).decode()


def import_cryptogram(client, key, key_attributes, spec=None, algorithm="RSA_3072", **members):
    """Brings in a key under the RSA key that the server gives for that."""
    parameters = client.get_parameters_for_import(
        KeyMaterialType="KEY_CRYPTOGRAM",
        WrappingKeyAlgorithm=algorithm,
        ReuseLastGeneratedToken=True,
    )
    [certificate] = pem(parameters["WrappingKeyCertificate"])
    wrapped = certificate.public_key().encrypt(key, oaep(spec or "RSA_OAEP_SHA_256"))
    cryptogram = {
        "KeyAttributes": key_attributes,
        "Exportable": True,
        "WrappedKeyCryptogram": wrapped.hex().upper(),
        "ImportToken": parameters["ImportToken"],
    } | ({"WrappingSpec": spec} if spec else {})
    return client.import_key(KeyMaterial={"KeyCryptogram": cryptogram | members})["Key"]


def header(version, algorithm, usage="E0", mode="X", exportability="E"):
    letter = "T" if algorithm.startswith("TDES") else "A"
    return tr31.Header(version, usage, letter, mode, "00", exportability)


class Authority:
    """A certificate authority, and the certificates that it gives."""

    def __init__(self, name="authority", issuer=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        issuer = issuer or self
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.certificate = issuer.issue(self.key.public_key(), self.name, is_authority=True)

    def issue(self, key, name=None, is_authority=False, days=2):
        now = datetime.datetime.now(datetime.timezone.utc)
        name = name or x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "leaf")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=5))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )
        return builder.sign(self.key, hashes.SHA256())


def rsa_key(bits):
    return rsa.generate_private_key(65537, bits)
