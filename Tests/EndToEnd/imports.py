"""Keys that come in each way, and then verify cryptograms."""

import datetime

import api
import wrapping
from examples import KEY, KEY_CHECK_VALUE, VISA, VISA_CRYPTOGRAM
from psec import tr31

GUIDE_KEY = bytes.fromhex(KEY)


@api.cached
def protection(usage, algorithm):
    """A wrapping key that the server has: its ARN, and the key."""
    key = wrapping.random_key(algorithm)
    names = wrapping.protection_key(usage, algorithm)
    return wrapping.import_cryptogram(api.client("control"), key, names)["KeyArn"], key


class Imports(api.TestCase):
    def setUp(self):
        self.client = api.client("control")

    def verifies(self, key):
        """That it is the guide's key, for what it is for."""
        self.assertEqual(key["KeyCheckValue"], KEY_CHECK_VALUE)
        self.assertEqual((key["KeyOrigin"], key["KeyState"]), ("EXTERNAL", "CREATE_COMPLETE"))
        answer = api.client("data").verify_auth_request_cryptogram(
            **VISA | {"KeyIdentifier": key["KeyArn"]}, AuthRequestCryptogram=VISA_CRYPTOGRAM
        )
        self.assertEqual(answer["KeyArn"], key["KeyArn"])

    def test_cryptograms_under_rsa(self):
        for algorithm in ("RSA_2048", "RSA_3072", "RSA_4096"):
            for spec in (None, "RSA_OAEP_SHA_256", "RSA_OAEP_SHA_512"):
                with self.subTest(algorithm=algorithm, spec=spec):
                    key = wrapping.import_cryptogram(
                        self.client, GUIDE_KEY, wrapping.cryptogram_key(), spec, algorithm
                    )
                    self.verifies(key)

    def test_parameters_for_import(self):
        asked = {"KeyMaterialType": "KEY_CRYPTOGRAM", "WrappingKeyAlgorithm": "RSA_2048"}
        one = self.client.get_parameters_for_import(**asked)
        self.assertRegex(one["ImportToken"], r"^import-token-[0-9a-zA-Z]{16,64}$")
        left = one["ParametersValidUntilTimestamp"] - datetime.datetime.now(datetime.timezone.utc)
        self.assertIn(left.days, (29, 30))
        again = self.client.get_parameters_for_import(**asked, ReuseLastGeneratedToken=True)
        self.assertEqual(again["ImportToken"], one["ImportToken"])
        [leaf] = wrapping.pem(one["WrappingKeyCertificate"])
        [authority] = wrapping.pem(one["WrappingKeyCertificateChain"])
        leaf.verify_directly_issued_by(authority)
        self.assertEqual(leaf.public_key().key_size, 2048)
        for certificate in (leaf, authority):
            now = datetime.datetime.now(datetime.timezone.utc)
            self.assertLess(certificate.not_valid_before_utc, now)
            end = one["ParametersValidUntilTimestamp"].replace(microsecond=0)
            self.assertGreaterEqual(certificate.not_valid_after_utc, end)

    def test_a_cryptogram_of_another_key(self):
        """Under another public key, of another length, and by another token."""
        for key, members in [
            (GUIDE_KEY, {"WrappedKeyCryptogram": "00" * 256}),
            (GUIDE_KEY[:8], {}),
            (GUIDE_KEY, {"WrappingSpec": "RSA_OAEP_SHA_512"}),
        ]:
            error = self.refused(
                "ValidationException",
                400,
                lambda: wrapping.import_cryptogram(
                    self.client, key, wrapping.cryptogram_key(), **members
                ),
            )
            self.assertIn("could not be unwrapped", error["Error"]["Message"])
        token = "import-token-" + "a" * 16
        self.refused(
            "ResourceNotFoundException",
            400,
            lambda: wrapping.import_cryptogram(
                self.client, GUIDE_KEY, wrapping.cryptogram_key(), ImportToken=token
            ),
        )

    def import_block(self, arn, block):
        material = {"WrappingKeyIdentifier": arn, "WrappedKeyBlock": block}
        return self.client.import_key(KeyMaterial={"Tr31KeyBlock": material})["Key"]

    def test_key_blocks(self):
        count = 0
        for version, algorithms in [
            ("A", ["TDES_2KEY", "TDES_3KEY"]),
            ("B", ["TDES_2KEY", "TDES_3KEY"]),
            ("C", ["TDES_2KEY", "TDES_3KEY"]),
            ("D", ["AES_128"]),
        ]:
            for usage in ("K0", "K1"):
                for algorithm in algorithms:
                    for masked in (16, 24):
                        with self.subTest(version=version, usage=usage, algorithm=algorithm):
                            arn, key = protection(usage, algorithm)
                            header = wrapping.header(version, "TDES_2KEY")
                            block = tr31.wrap(key, header, GUIDE_KEY, masked)
                            self.verifies(self.import_block(arn, block))
                            count += 1
        print(f"{count} key blocks of versions A to D by psec")

    def test_protection_keys_that_no_rsa_key_may_wrap(self):
        for algorithm in ("AES_192", "AES_256"):
            made = self.client.create_key(
                KeyAttributes=wrapping.protection_key("K0", algorithm), Exportable=True
            )["Key"]
            other = self.client.create_key(
                KeyAttributes=wrapping.protection_key("K1", algorithm), Exportable=True
            )["Key"]
            block = self.client.export_key(
                KeyMaterial={"Tr31KeyBlock": {"WrappingKeyIdentifier": made["KeyArn"]}},
                ExportKeyIdentifier=other["KeyArn"],
            )["WrappedKey"]["KeyMaterial"]
            key = self.import_block(made["KeyArn"], block)
            self.assertEqual(key["KeyCheckValue"], other["KeyCheckValue"])
            self.assertEqual(key["KeyAttributes"], other["KeyAttributes"])

    def test_what_a_header_says(self):
        arn, key = protection("K0", "TDES_3KEY")
        modes = {"X": "DeriveKey", "N": "NoRestrictions"}
        for mode, exportability in [("X", "E"), ("X", "S"), ("X", "N"), ("N", "E")]:
            header = wrapping.header("B", "TDES_3KEY", mode=mode, exportability=exportability)
            header.blocks["KS"] = "00604B120F9292800000"
            material = wrapping.random_key("TDES_3KEY")
            got = self.import_block(arn, tr31.wrap(key, header, material))
            self.assertEqual(got["Exportable"], exportability != "N")
            self.assertEqual(got["KeyCheckValue"], wrapping.check_value(material, "TDES_3KEY"))
            names = got["KeyAttributes"]
            self.assertEqual(names["KeyAlgorithm"], "TDES_3KEY")
            self.assertEqual(names["KeyUsage"], "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS")
            self.assertEqual([m for m, on in names["KeyModesOfUse"].items() if on], [modes[mode]])

    def test_wrong_key_blocks(self):
        arn, key = protection("K0", "TDES_2KEY")
        header = wrapping.header("B", "TDES_2KEY")
        block = tr31.wrap(key, header, GUIDE_KEY)
        last = "1" if block[-1] == "0" else "0"
        verify_only = wrapping.header("B", "TDES_2KEY", mode="V")
        for wrong in [
            block[:-1] + last,
            block.replace("TX", "TN", 1),
            tr31.wrap(key[::-1], header, GUIDE_KEY),
            tr31.wrap(key, verify_only, GUIDE_KEY),
            "E" + block[1:],
            # A stronger key than the one that wraps it.
            tr31.wrap(key, wrapping.header("B", "TDES_3KEY"), wrapping.random_key("TDES_3KEY")),
            # A version for the other algorithm.
            tr31.wrap(key, wrapping.header("D", "TDES_2KEY"), GUIDE_KEY),
        ]:
            self.refused("ValidationException", 400, self.import_block, arn=arn, block=wrong)
        other = self.client.create_key(KeyAttributes=wrapping.cryptogram_key(), Exportable=True)
        self.refused(
            "ValidationException", 400, self.import_block, arn=other["Key"]["KeyArn"], block=block
        )

    def import_certificate(self, kind, certificate, usage, modes, algorithm, **members):
        names = wrapping.attributes(usage, algorithm, modes, "PUBLIC_KEY")
        material = {"KeyAttributes": names, "PublicKeyCertificate": wrapping.member(certificate)}
        return self.client.import_key(KeyMaterial={kind: material | members})["Key"]

    def import_root(self, certificate):
        return self.import_certificate(
            "RootCertificatePublicKey",
            certificate,
            "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE",
            {"Verify": True},
            "ECC_NIST_P256",
        )

    def test_certificates(self):
        root = wrapping.Authority("root")
        arn = self.import_root(root.certificate)["KeyArn"]
        middle = wrapping.Authority("middle", root)
        signing = {
            "usage": "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE",
            "modes": {"Verify": True},
        }
        trusted = self.import_certificate(
            "TrustedCertificatePublicKey",
            middle.certificate,
            algorithm="ECC_NIST_P256",
            CertificateAuthorityPublicKeyIdentifier=arn,
            **signing,
        )
        self.assertEqual(trusted["KeyCheckValueAlgorithm"], "SHA_1")
        leaf = middle.issue(wrapping.rsa_key(2048).public_key())
        key = self.import_certificate(
            "TrustedCertificatePublicKey",
            leaf,
            algorithm="RSA_2048",
            CertificateAuthorityPublicKeyIdentifier=trusted["KeyArn"],
            usage="TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION",
            modes={"Encrypt": True, "Wrap": True},
        )
        got = self.client.get_public_key_certificate(KeyIdentifier=key["KeyArn"])
        self.assertEqual(wrapping.pem(got["KeyCertificate"]), [leaf])
        self.assertEqual(
            wrapping.pem(got["KeyCertificateChain"]), [middle.certificate, root.certificate]
        )

    def test_wrong_certificates(self):
        root, other = wrapping.Authority("root"), wrapping.Authority("root")
        arn = self.import_root(root.certificate)["KeyArn"]
        key = wrapping.rsa_key(2048).public_key()
        for certificate in [
            other.issue(key),  # by one of the same name
            root.issue(key, days=-1),  # that has expired
        ]:
            self.refused(
                "ValidationException",
                400,
                self.import_certificate,
                kind="TrustedCertificatePublicKey",
                certificate=certificate,
                usage="TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION",
                modes={"Encrypt": True, "Wrap": True},
                algorithm="RSA_2048",
                CertificateAuthorityPublicKeyIdentifier=arn,
            )
        self.refused("ValidationException", 400, self.import_root, certificate=root.issue(key))
        self.refused(
            "ValidationException",
            400,
            self.client.get_public_key_certificate,
            KeyIdentifier="alias/demo",
        )
