"""CreateKey for each combination of usage, algorithm, class and modes of use.

AWS Payment Cryptography user guide, "Understanding key attributes"; for M0 "Valid keys for
cryptographic operations".
"""

import collections
import concurrent.futures
import itertools

import api
import wrapping

TDES = ["TDES_2KEY", "TDES_3KEY"]
BLOCK_CIPHERS = [*TDES, "AES_128", "AES_192", "AES_256"]
RSA = ["RSA_2048", "RSA_3072", "RSA_4096"]
CURVES = ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"]
# HMAC_SHA224 is refused: nothing here computes its check value.
HMAC = ["HMAC_SHA256", "HMAC_SHA384", "HMAC_SHA512"]

BOTH_WAYS = [{"Encrypt", "Decrypt", "Wrap", "Unwrap"}, {"Encrypt", "Wrap"}, {"Decrypt", "Unwrap"}]
ENCRYPTING = [*BOTH_WAYS, {"NoRestrictions"}]
DERIVING = [{"DeriveKey"}, {"NoRestrictions"}]
CHECKING = [{"Generate"}, {"Verify"}, {"Generate", "Verify"}, {"NoRestrictions"}]

ALLOWED = {
    "TR31_B0_BASE_DERIVATION_KEY": (BLOCK_CIPHERS, DERIVING),
    "TR31_C0_CARD_VERIFICATION_KEY": (BLOCK_CIPHERS, CHECKING),
    "TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY": (BLOCK_CIPHERS, ENCRYPTING),
    "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION": (RSA, BOTH_WAYS),
    "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS": (BLOCK_CIPHERS, DERIVING),
    "TR31_E1_EMV_MKEY_CONFIDENTIALITY": (BLOCK_CIPHERS, DERIVING),
    "TR31_E2_EMV_MKEY_INTEGRITY": (BLOCK_CIPHERS, DERIVING),
    "TR31_E4_EMV_MKEY_DYNAMIC_NUMBERS": (BLOCK_CIPHERS, DERIVING),
    "TR31_E5_EMV_MKEY_CARD_PERSONALIZATION": (BLOCK_CIPHERS, DERIVING),
    "TR31_E6_EMV_MKEY_OTHER": (BLOCK_CIPHERS, DERIVING),
    "TR31_K0_KEY_ENCRYPTION_KEY": (BLOCK_CIPHERS, ENCRYPTING),
    "TR31_K1_KEY_BLOCK_PROTECTION_KEY": (BLOCK_CIPHERS, ENCRYPTING),
    # The table has it; this server, without TR-34, has nothing to do with one that is made here.
    "TR31_K2_TR34_ASYMMETRIC_KEY": ([], []),
    "TR31_K3_ASYMMETRIC_KEY_FOR_KEY_AGREEMENT": (CURVES, [{"DeriveKey"}]),
    "TR31_M0_ISO_16609_MAC_KEY": (TDES, CHECKING),
    "TR31_M1_ISO_9797_1_MAC_KEY": (TDES, CHECKING),
    "TR31_M3_ISO_9797_3_MAC_KEY": (TDES, CHECKING),
    "TR31_M6_ISO_9797_5_CMAC_KEY": (BLOCK_CIPHERS, CHECKING),
    # The table is older than the algorithms of their own that the API has for it.
    "TR31_M7_HMAC_KEY": (BLOCK_CIPHERS + HMAC, CHECKING),
    "TR31_P0_PIN_ENCRYPTION_KEY": (BLOCK_CIPHERS, ENCRYPTING),
    # Not in the table, and used by no operation.
    "TR31_P1_PIN_GENERATION_KEY": (BLOCK_CIPHERS, CHECKING),
    # The table has RSA only, AWS' samples import certificates of curves.
    "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE": (RSA + CURVES, [{"Sign"}, {"Verify"}]),
    "TR31_V1_IBM3624_PIN_VERIFICATION_KEY": (BLOCK_CIPHERS, CHECKING),
    "TR31_V2_VISA_PIN_VERIFICATION_KEY": (BLOCK_CIPHERS, CHECKING),
}
PAIRS = RSA + CURVES
CHECK_VALUES = {"TDES": "ANSI_X9_24", "AES": "CMAC", "HMAC": "HMAC", "RSA": "SHA_1", "ECC": "SHA_1"}
# Making them takes long: those of each usage in one way only.
SLOW = ["RSA_3072", "RSA_4096"]

Combination = collections.namedtuple("Combination", "usage key_class algorithm modes")


def names_of(shape):
    return api.service_model("control").shape_for(shape)


def class_of(algorithm):
    return "ASYMMETRIC_KEY_PAIR" if algorithm in PAIRS else "SYMMETRIC_KEY"


def is_allowed(combination):
    algorithms, modes = ALLOWED[combination.usage]
    return (
        combination.algorithm in algorithms
        and set(combination.modes) in modes
        and combination.key_class == class_of(combination.algorithm)
    )


def mode_sets():
    """None, each, all, each two, and those that any usage has."""
    every = list(names_of("KeyModesOfUse").members)
    sets = [frozenset(some) for count in (0, 1, 2) for some in itertools.combinations(every, count)]
    allowed = [frozenset(modes) for _, sets in ALLOWED.values() for modes in sets]
    return list(dict.fromkeys([*sets, frozenset(every), *allowed]))


def combinations():
    """Each usage with each algorithm, with each class, and with each set of modes."""
    usages = names_of("KeyUsage").enum
    algorithms = names_of("KeyAlgorithm").enum
    for usage in usages:
        some_algorithms, some_modes = ALLOWED[usage]
        algorithm = (some_algorithms or RSA)[0]
        likely = [frozenset(modes) for modes in some_modes or BOTH_WAYS]
        for other in algorithms:
            for modes in likely[:1] if other in SLOW else likely:
                yield Combination(usage, class_of(other), other, modes)
        for key_class in names_of("KeyClass").enum:
            yield Combination(usage, key_class, algorithm, likely[0])
        for modes in mode_sets():
            yield Combination(usage, class_of(algorithm), algorithm, modes)


class KeyAttributes(api.TestCase):
    def complaint(self, combination):
        """What is wrong with the answer; None if nothing is."""
        client = api.client("control")
        names = wrapping.attributes(
            combination.usage,
            combination.algorithm,
            {mode: True for mode in sorted(combination.modes)},
            combination.key_class,
        )
        try:
            key = client.create_key(KeyAttributes=names, Exportable=False)["Key"]
        except client.exceptions.ValidationException as error:
            return f"{combination}: {error}" if is_allowed(combination) else None
        if not is_allowed(combination):
            return f"{combination}: a key was made"
        modes = key["KeyAttributes"].pop("KeyModesOfUse")
        del names["KeyModesOfUse"]
        is_right = (
            key["KeyAttributes"] == names
            and {mode for mode, is_set in modes.items() if is_set} == combination.modes
            and len(modes) == 9
            and key["KeyCheckValueAlgorithm"] == CHECK_VALUES[combination.algorithm.split("_")[0]]
        )
        return None if is_right else f"{combination}: {key}"

    def test_combinations(self):
        self.assertEqual(set(ALLOWED), set(names_of("KeyUsage").enum))
        found = list(dict.fromkeys(combinations()))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            complaints = [text for text in pool.map(self.complaint, found) if text]
        made = sum(map(is_allowed, found))
        print(f"{len(found)} combinations: {made} made, {len(found) - made} refused")
        if complaints:
            self.fail(f"{len(complaints)} of {len(found)}:\n" + "\n".join(complaints[:20]))
