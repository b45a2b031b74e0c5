"""Keys that leave, opened by psec and by `cryptography`."""

import api
import wrapping
from psec import tr31


class Exports(api.TestCase):
    def setUp(self):
        self.client = api.client("control")

    def protection(self, algorithm):
        """A wrapping key of which the test has the bytes."""
        key = wrapping.random_key(algorithm)
        names = wrapping.protection_key("K0", algorithm)
        return wrapping.import_cryptogram(self.client, key, names)["KeyArn"], key

    def made(self, names, **members):
        members = {"Exportable": True} | members
        return self.client.create_key(KeyAttributes=names, **members)["Key"]

    def export(self, arn, kind, **members):
        return self.client.export_key(ExportKeyIdentifier=arn, KeyMaterial={kind: members})[
            "WrappedKey"
        ]

    def test_key_blocks(self):
        for wrapping_algorithm, version, algorithm in [
            ("TDES_2KEY", "B", "TDES_2KEY"),
            ("TDES_3KEY", "B", "TDES_2KEY"),
            ("TDES_3KEY", "B", "TDES_3KEY"),
            ("AES_128", "D", "TDES_2KEY"),
            ("AES_128", "D", "TDES_3KEY"),
            ("AES_128", "D", "AES_128"),
        ]:
            with self.subTest(under=wrapping_algorithm, algorithm=algorithm):
                arn, protection = self.protection(wrapping_algorithm)
                key = self.made(wrapping.cryptogram_key(algorithm))
                wrapped = self.export(key["KeyArn"], "Tr31KeyBlock", WrappingKeyIdentifier=arn)
                self.assertEqual(wrapped["WrappingKeyArn"], arn)
                self.assertEqual(wrapped["WrappedKeyMaterialFormat"], "TR31_KEY_BLOCK")
                self.assertEqual(wrapped["KeyCheckValue"], key["KeyCheckValue"])
                header, opened = tr31.unwrap(protection, wrapped["KeyMaterial"])
                self.assertEqual(header.version_id, version)
                self.assertEqual((header.key_usage, header.mode_of_use), ("E0", "X"))
                self.assertEqual(header.algorithm, "T" if "DES" in algorithm else "A")
                self.assertEqual(header.exportability, "E")
                self.assertEqual(wrapping.check_value(opened, algorithm), key["KeyCheckValue"])

    def test_a_header_that_is_asked_for(self):
        arn, protection = self.protection("AES_128")
        names = wrapping.attributes(
            "TR31_M3_ISO_9797_3_MAC_KEY", "TDES_2KEY", {"Generate": True, "Verify": True}
        )
        wrapped = self.export(
            self.made(names)["KeyArn"],
            "Tr31KeyBlock",
            WrappingKeyIdentifier=arn,
            KeyBlockHeaders={
                "KeyModesOfUse": {"Verify": True},
                "KeyExportability": "NON_EXPORTABLE",
                "KeyVersion": "A7",
                "OptionalBlocks": {"KS": "00604B120F9292800000"},
            },
        )
        header, _ = tr31.unwrap(protection, wrapped["KeyMaterial"])
        self.assertEqual(
            (header.key_usage, header.mode_of_use, header.version_num, header.exportability),
            ("M3", "V", "A7", "N"),
        )
        self.assertEqual(header.blocks["KS"], "00604B120F9292800000")

    def test_a_key_block_comes_back(self):
        arn, protection = self.protection("TDES_3KEY")
        key = self.made(wrapping.cryptogram_key())
        block = self.export(key["KeyArn"], "Tr31KeyBlock", WrappingKeyIdentifier=arn)["KeyMaterial"]
        header, opened = tr31.unwrap(protection, block)
        again = self.client.import_key(
            KeyMaterial={
                "Tr31KeyBlock": {
                    "WrappingKeyIdentifier": arn,
                    "WrappedKeyBlock": tr31.wrap(protection, header, opened),
                }
            }
        )["Key"]
        self.assertEqual(again["KeyCheckValue"], key["KeyCheckValue"])
        self.assertEqual(again["KeyAttributes"], key["KeyAttributes"])

    def test_cryptograms_under_rsa(self):
        root = wrapping.Authority("receiver")
        authority = self.client.import_key(
            KeyMaterial={
                "RootCertificatePublicKey": {
                    "KeyAttributes": wrapping.attributes(
                        "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE",
                        "ECC_NIST_P256",
                        {"Verify": True},
                        "PUBLIC_KEY",
                    ),
                    "PublicKeyCertificate": wrapping.member(root.certificate),
                }
            }
        )["Key"]["KeyArn"]
        for bits, algorithm, spec in [
            (2048, "TDES_2KEY", {}),
            (2048, "TDES_3KEY", {"WrappingSpec": "RSA_OAEP_SHA_256"}),
            (3072, "AES_128", {"WrappingSpec": "RSA_OAEP_SHA_512"}),
        ]:
            receiver = wrapping.rsa_key(bits)
            key = self.made(wrapping.cryptogram_key(algorithm))
            wrapped = self.export(
                key["KeyArn"],
                "KeyCryptogram",
                CertificateAuthorityPublicKeyIdentifier=authority,
                WrappingKeyCertificate=wrapping.member(root.issue(receiver.public_key())),
                **spec,
            )
            self.assertEqual(wrapped["WrappedKeyMaterialFormat"], "KEY_CRYPTOGRAM")
            cryptogram = bytes.fromhex(wrapped["KeyMaterial"])
            padding = wrapping.oaep(spec.get("WrappingSpec", "RSA_OAEP_SHA_256"))
            opened = receiver.decrypt(cryptogram, padding)
            self.assertEqual(wrapping.check_value(opened, algorithm), key["KeyCheckValue"])
        self.refused(
            "ValidationException",
            400,
            lambda: self.export(
                key["KeyArn"],
                "KeyCryptogram",
                CertificateAuthorityPublicKeyIdentifier=authority,
                WrappingKeyCertificate=wrapping.member(
                    wrapping.Authority("other").issue(receiver.public_key())
                ),
            ),
        )

    def test_what_may_not_leave(self):
        arn, protection = self.protection("AES_128")
        export = {"kind": "Tr31KeyBlock", "WrappingKeyIdentifier": arn}
        kept = self.made(wrapping.cryptogram_key(), Exportable=False)["KeyArn"]
        stronger = self.made(wrapping.cryptogram_key("AES_256"))["KeyArn"]
        stopped = self.made(wrapping.cryptogram_key(), Enabled=False)["KeyArn"]
        pending = self.made(wrapping.cryptogram_key())["KeyArn"]
        self.client.delete_key(KeyIdentifier=pending)
        for key in (kept, stronger, stopped, pending):
            self.refused("ValidationException", 400, self.export, arn=key, **export)
        # A key that came as exportable in key blocks only.
        block = tr31.wrap(protection, wrapping.header("D", "TDES_2KEY"), bytes(range(16)))
        blocks_only = self.client.import_key(
            KeyMaterial={"Tr31KeyBlock": {"WrappingKeyIdentifier": arn, "WrappedKeyBlock": block}}
        )["Key"]["KeyArn"]
        self.export(blocks_only, **export)
        certificate = wrapping.member(wrapping.Authority().certificate)
        error = self.refused(
            "ValidationException",
            400,
            self.export,
            arn=blocks_only,
            kind="KeyCryptogram",
            CertificateAuthorityPublicKeyIdentifier="alias/demo",
            WrappingKeyCertificate=certificate,
        )
        self.assertIn("key blocks only", error["Error"]["Message"])
