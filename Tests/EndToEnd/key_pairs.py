"""Key pairs: their certificates, read by `cryptography`, and what they are not for."""

import datetime
import hashlib

import api
import wrapping
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from examples import VISA

ENCRYPTION = "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION"
SIGNATURE = "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE"
AGREEMENT = "TR31_K3_ASYMMETRIC_KEY_FOR_KEY_AGREEMENT"
ENCRYPT, SIGN, DERIVE = {"Encrypt": True, "Wrap": True}, {"Sign": True}, {"DeriveKey": True}
PAIRS = [
    (ENCRYPTION, "RSA_2048", {"Encrypt": True, "Decrypt": True, "Wrap": True, "Unwrap": True}),
    (ENCRYPTION, "RSA_3072", {"Decrypt": True, "Unwrap": True}),
    (SIGNATURE, "RSA_2048", SIGN),
    (SIGNATURE, "ECC_NIST_P384", SIGN),
    (AGREEMENT, "ECC_NIST_P256", DERIVE),
    (AGREEMENT, "ECC_NIST_P384", DERIVE),
    (AGREEMENT, "ECC_NIST_P521", DERIVE),
]
CERTIFIED = {
    ENCRYPTION: {"key_encipherment", "data_encipherment"},
    SIGNATURE: {"digital_signature"},
    AGREEMENT: {"key_agreement"},
}
CERTIFIABLE = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment"]
CERTIFIABLE += ["key_agreement", "key_cert_sign", "crl_sign"]


def check_value(key):
    """AWS API reference, KeyCheckValueAlgorithm: the first bytes of a public key's SHA-1."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    der = key.public_bytes(serialization.Encoding.DER, form)
    return hashlib.sha1(der).hexdigest()[:8].upper()


class KeyPairs(api.TestCase):
    def setUp(self):
        self.client = api.client("control")

    def pair(self, usage=ENCRYPTION, algorithm="RSA_2048", modes=ENCRYPT, **members):
        names = wrapping.attributes(usage, algorithm, modes, "ASYMMETRIC_KEY_PAIR")
        return self.client.create_key(KeyAttributes=names, Exportable=True, **members)["Key"]

    def certificate(self, identifier):
        """Of a key that vouches for itself."""
        answer = self.client.get_public_key_certificate(KeyIdentifier=identifier)
        [certificate] = wrapping.pem(answer["KeyCertificate"])
        [authority] = wrapping.pem(answer["KeyCertificateChain"])
        certificate.verify_directly_issued_by(authority)
        return certificate

    def test_certificates(self):
        for usage, algorithm, modes in PAIRS:
            with self.subTest(usage=usage, algorithm=algorithm):
                key = self.pair(usage, algorithm, modes)
                certificate = self.certificate(key["KeyArn"])
                public = certificate.public_key()
                bits = 521 if algorithm.endswith("521") else int(algorithm[-4:].strip("P"))
                self.assertEqual(public.key_size, bits)
                self.assertEqual(hasattr(public, "curve"), algorithm.startswith("ECC"))
                self.assertEqual(key["KeyCheckValue"], check_value(public))
                self.assertEqual(key["KeyCheckValueAlgorithm"], "SHA_1")
                self.extensions(certificate, usage)
                self.times(certificate)

    def extensions(self, certificate, usage):
        found = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        names = {name for name in CERTIFIABLE if getattr(found, name)}
        self.assertEqual(names, CERTIFIED[usage])
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        self.assertFalse(constraints.value.ca)

    def times(self, certificate):
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(certificate.not_valid_before_utc, now - datetime.timedelta(hours=1))
        self.assertGreater(certificate.not_valid_after_utc, now + datetime.timedelta(days=3000))

    def test_life(self):
        """As that of any key: lists, aliases, tags, deletion."""
        tags = [{"Key": "team", "Value": "cards"}]
        key = self.pair(SIGNATURE, "ECC_NIST_P256", SIGN, Tags=tags, Enabled=False)
        arn, name = key["KeyArn"], "alias/pair"
        self.assertFalse(key["Enabled"])
        self.assertEqual(self.client.get_key(KeyIdentifier=arn)["Key"], key)
        self.assertEqual(self.client.list_tags_for_resource(ResourceArn=arn)["Tags"], tags)
        self.client.create_alias(AliasName=name, KeyArn=arn)
        self.assertEqual(self.certificate(name), self.certificate(arn))
        pages = self.client.get_paginator("list_keys").paginate()
        [listed] = [key for page in pages for key in page["Keys"] if key["KeyArn"] == arn]
        self.assertEqual(listed["KeyAttributes"], key["KeyAttributes"])
        self.assertEqual(listed["KeyCheckValue"], key["KeyCheckValue"])
        self.assertTrue(self.client.start_key_usage(KeyIdentifier=arn)["Key"]["Enabled"])
        key = self.client.delete_key(KeyIdentifier=arn)["Key"]
        self.assertEqual(key["KeyState"], "DELETE_PENDING")
        self.client.restore_key(KeyIdentifier=arn)

    def test_what_is_derived(self):
        for usage in api.service_model("control").shape_for("DeriveKeyUsage").enum:
            key = self.pair(AGREEMENT, "ECC_NIST_P256", DERIVE, DeriveKeyUsage=usage)
            self.assertEqual(key["DeriveKeyUsage"], usage)
            got = self.client.get_key(KeyIdentifier=key["KeyArn"])["Key"]
            self.assertEqual(got["DeriveKeyUsage"], usage)

    def test_under_the_certificate_of_an_authority(self):
        """The public half comes back with another's certificate, for what public keys are for."""
        root = wrapping.Authority("root")
        names = wrapping.attributes(SIGNATURE, "ECC_NIST_P256", {"Verify": True}, "PUBLIC_KEY")
        authority = self.imported("RootCertificatePublicKey", names, root.certificate)["KeyArn"]
        for usage, algorithm, modes, wrong in [
            (ENCRYPTION, "RSA_2048", ENCRYPT, {"Decrypt": True, "Unwrap": True}),
            (SIGNATURE, "RSA_2048", {"Verify": True}, SIGN),
            (SIGNATURE, "ECC_NIST_P384", {"Verify": True}, SIGN),
            (AGREEMENT, "ECC_NIST_P521", DERIVE, {"NoRestrictions": True}),
        ]:
            with self.subTest(usage=usage, algorithm=algorithm):
                makes = {"Sign": True} if usage == SIGNATURE else modes
                pair = self.pair(usage, algorithm, makes)
                leaf = root.issue(self.certificate(pair["KeyArn"]).public_key())
                names = wrapping.attributes(usage, algorithm, modes, "PUBLIC_KEY")
                members = {"CertificateAuthorityPublicKeyIdentifier": authority}
                kind = "TrustedCertificatePublicKey"
                key = self.imported(kind, names, leaf, **members)
                self.assertEqual(key["KeyCheckValue"], pair["KeyCheckValue"])
                self.assertEqual(key["KeyOrigin"], "EXTERNAL")
                got = self.client.get_public_key_certificate(KeyIdentifier=key["KeyArn"])
                self.assertEqual(wrapping.pem(got["KeyCertificate"]), [leaf])
                self.assertEqual(wrapping.pem(got["KeyCertificateChain"]), [root.certificate])
                for changed in [
                    names | {"KeyModesOfUse": wrong},
                    names | {"KeyClass": "ASYMMETRIC_KEY_PAIR"},
                    names | {"KeyAlgorithm": "RSA_4096" if "RSA" in algorithm else "ECC_NIST_P256"},
                ]:
                    self.refused(
                        "ValidationException",
                        400,
                        self.imported,
                        kind=kind,
                        names=changed,
                        certificate=leaf,
                        **members,
                    )

    def imported(self, kind, names, certificate, **members):
        material = {"KeyAttributes": names, "PublicKeyCertificate": wrapping.member(certificate)}
        return self.client.import_key(KeyMaterial={kind: material | members})["Key"]

    def test_what_they_are_not_for(self):
        pair = self.pair()["KeyArn"]
        block = {"WrappingKeyIdentifier": pair}
        other = self.client.create_key(
            KeyAttributes=wrapping.protection_key("K0", "AES_128"), Exportable=True
        )["Key"]["KeyArn"]
        own = wrapping.member(self.certificate(pair))
        cryptogram = {
            "CertificateAuthorityPublicKeyIdentifier": pair,
            "WrappingKeyCertificate": own,
        }
        for key, material, text in [
            (pair, {"Tr31KeyBlock": {"WrappingKeyIdentifier": other}}, "are not exported"),
            (other, {"Tr31KeyBlock": block}, "KeyUsage of the wrapping key is invalid"),
            # It vouches for itself, but is no authority's.
            (other, {"KeyCryptogram": cryptogram}, "of a certificate authority expected"),
        ]:
            call = self.client.export_key
            members = {"ExportKeyIdentifier": key, "KeyMaterial": material}
            error = self.refused("ValidationException", 400, call, **members)
            self.assertIn(text, error["Error"]["Message"])
        error = self.refused(
            "ValidationException",
            400,
            api.client("data").generate_auth_request_cryptogram,
            **VISA | {"KeyIdentifier": pair},
        )
        self.assertEqual(error["Error"]["Message"], "KeyUsage of the input key is invalid")
        names = wrapping.attributes(ENCRYPTION, "RSA_2048", ENCRYPT, "PUBLIC_KEY")
        for kind, members in [
            ("RootCertificatePublicKey", {}),
            (
                "TrustedCertificatePublicKey",
                {"CertificateAuthorityPublicKeyIdentifier": pair},
            ),
        ]:
            certificate = self.certificate(pair)
            call = self.imported
            members = {"kind": kind, "names": names, "certificate": certificate} | members
            self.refused("ValidationException", 400, call, **members)
