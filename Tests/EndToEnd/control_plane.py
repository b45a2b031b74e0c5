"""The control plane by an unmodified boto3: the life of keys, aliases, tags, and lists."""

import api
from operations import OPERATIONS
from server import ACCOUNT, REGION

CRYPTOGRAM_KEY = {
    "KeyUsage": "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS",
    "KeyClass": "SYMMETRIC_KEY",
    "KeyAlgorithm": "TDES_2KEY",
    "KeyModesOfUse": {"DeriveKey": True},
}
ARN = rf"^arn:aws:payment-cryptography:{REGION}:{ACCOUNT}:key/[a-z2-7]{{16}}$"
# Operations that belong to the others; the rest is unknown, as to a service older than an SDK.
REFUSED = [
    "GetParametersForExport",
    "GetCertificateSigningRequest",
    "PutResourcePolicy",
    "GetResourcePolicy",
    "DeleteResourcePolicy",
]


class ControlPlane(api.TestCase):
    def setUp(self):
        self.client = api.client("control")

    def key(self, **members):
        return self.client.create_key(KeyAttributes=CRYPTOGRAM_KEY, Exportable=True, **members)[
            "Key"
        ]

    def state(self, arn):
        key = self.client.get_key(KeyIdentifier=arn)["Key"]
        return key["KeyState"], key["Enabled"]

    def test_a_key_is_made(self):
        key = self.key(Tags=[{"Key": "team", "Value": "cards"}])
        self.assertRegex(key["KeyArn"], ARN)
        self.assertEqual(
            (key["KeyState"], key["KeyOrigin"], key["Enabled"], key["Exportable"]),
            ("CREATE_COMPLETE", "AWS_PAYMENT_CRYPTOGRAPHY", True, True),
        )
        self.assertRegex(key["KeyCheckValue"], r"^[0-9A-F]{6}$")
        self.assertEqual(key["KeyCheckValueAlgorithm"], "ANSI_X9_24")
        modes = key["KeyAttributes"]["KeyModesOfUse"]
        self.assertEqual(len(modes), 9)
        self.assertEqual([name for name, is_set in modes.items() if is_set], ["DeriveKey"])
        self.assertNotIn("DeletePendingTimestamp", key)
        got = self.client.get_key(KeyIdentifier=key["KeyArn"])
        self.assertEqual(got["Key"], key)
        self.assertRegex(got["ResponseMetadata"]["RequestId"], r"^[0-9a-f-]{36}$")

    def test_a_key_is_stopped_and_started(self):
        arn = self.key(Enabled=False)["KeyArn"]
        self.assertEqual(self.state(arn), ("CREATE_COMPLETE", False))
        key = self.client.start_key_usage(KeyIdentifier=arn)["Key"]
        self.assertTrue(key["Enabled"])
        self.assertIn("UsageStartTimestamp", key)
        key = self.client.stop_key_usage(KeyIdentifier=arn)["Key"]
        self.assertFalse(key["Enabled"])
        self.assertIn("UsageStopTimestamp", key)

    def test_a_key_is_deleted_and_restored(self):
        arn = self.key()["KeyArn"]
        key = self.client.delete_key(KeyIdentifier=arn, DeleteKeyInDays=3)["Key"]
        self.assertEqual((key["KeyState"], key["Enabled"]), ("DELETE_PENDING", False))
        days = key["DeletePendingTimestamp"] - key["CreateTimestamp"]
        self.assertIn(days.days, (3, 4))
        # What Terraform's provider looks for.
        error = self.refused("ValidationException", 400, self.client.delete_key, KeyIdentifier=arn)
        self.assertIn("not in CREATE_COMPLETE state.", error["Error"]["Message"])
        tags = [{"Key": "a", "Value": "b"}]
        for call, members in [
            (self.client.start_key_usage, {"KeyIdentifier": arn}),
            (self.client.stop_key_usage, {"KeyIdentifier": arn}),
            (self.client.tag_resource, {"ResourceArn": arn, "Tags": tags}),
            (self.client.untag_resource, {"ResourceArn": arn, "TagKeys": ["a"]}),
        ]:
            self.refused("ValidationException", 400, call, **members)
        key = self.client.restore_key(KeyIdentifier=arn)["Key"]
        self.assertEqual((key["KeyState"], key["Enabled"]), ("CREATE_COMPLETE", True))
        self.assertNotIn("DeletePendingTimestamp", key)
        self.refused("ValidationException", 400, self.client.restore_key, KeyIdentifier=arn)

    def test_an_alias(self):
        one, other = self.key()["KeyArn"], self.key()["KeyArn"]
        name = "alias/life/of-an_alias"
        alias = self.client.create_alias(AliasName=name)["Alias"]
        self.assertEqual(alias, {"AliasName": name})
        self.refused("ResourceNotFoundException", 400, self.client.get_key, KeyIdentifier=name)
        for arn in (one, other):
            alias = self.client.update_alias(AliasName=name, KeyArn=arn)["Alias"]
            self.assertEqual(alias, {"AliasName": name, "KeyArn": arn})
            self.assertEqual(self.client.get_alias(AliasName=name)["Alias"], alias)
            full = f"arn:aws:payment-cryptography:{REGION}:{ACCOUNT}:{name}"
            for identifier in (name, full):
                key = self.client.get_key(KeyIdentifier=identifier)["Key"]
                self.assertEqual(key["KeyArn"], arn)
        alias = self.client.update_alias(AliasName=name)["Alias"]
        self.assertEqual(alias, {"AliasName": name})
        answer = self.client.delete_alias(AliasName=name)
        self.assertEqual(list(answer), ["ResponseMetadata"])
        self.refused("ResourceNotFoundException", 400, self.client.get_alias, AliasName=name)

    def test_tags(self):
        arn = self.key(Tags=[{"Key": "a", "Value": "1"}])["KeyArn"]
        tags = [{"Key": "a", "Value": "2"}, {"Key": "é", "Value": "\U0001d11e"}]
        self.client.tag_resource(ResourceArn=arn, Tags=tags)
        self.assertEqual(self.client.list_tags_for_resource(ResourceArn=arn)["Tags"], tags)
        self.client.untag_resource(ResourceArn=arn, TagKeys=["a", "none"])
        self.assertEqual(self.client.list_tags_for_resource(ResourceArn=arn)["Tags"], tags[1:])

    def pages(self, operation, member, size, **members):
        """What boto3's paginator gathers, and by how many pages."""
        pages = self.client.get_paginator(operation).paginate(
            **members, PaginationConfig={"PageSize": size}
        )
        pages = [page[member] for page in pages]
        self.assertTrue(all(0 < len(page) <= size for page in pages), pages)
        return sum(pages, []), len(pages)

    def test_keys_in_pages(self):
        made = [self.key()["KeyArn"] for _ in range(7)]
        gone = self.key()["KeyArn"]
        self.client.delete_key(KeyIdentifier=gone)
        keys, count = self.pages("list_keys", "Keys", 3)
        arns = [key["KeyArn"] for key in keys]
        self.assertEqual(len(set(arns)), len(arns))
        self.assertEqual(count, (len(arns) + 2) // 3)
        self.assertEqual([arn for arn in arns if arn in made], made)
        self.assertIn(gone, arns)
        members = {"KeyArn", "KeyState", "KeyAttributes", "KeyCheckValue", "Exportable", "Enabled"}
        self.assertTrue(all(members <= set(key) for key in keys))
        pending, _ = self.pages("list_keys", "Keys", 1, KeyState="DELETE_PENDING")
        self.assertIn(gone, [key["KeyArn"] for key in pending])
        self.assertEqual({key["KeyState"] for key in pending}, {"DELETE_PENDING"})

    def test_aliases_in_pages(self):
        arn = self.key()["KeyArn"]
        names = [f"alias/page/{index:02}" for index in range(7)]
        for name in names:
            self.client.create_alias(AliasName=name, KeyArn=arn)
        aliases, _ = self.pages("list_aliases", "Aliases", 2)
        found = [alias["AliasName"] for alias in aliases]
        self.assertEqual([name for name in found if name in names], names)
        aliases, count = self.pages("list_aliases", "Aliases", 2, KeyArn=arn)
        self.assertEqual((aliases, count), ([{"AliasName": n, "KeyArn": arn} for n in names], 4))

    def test_tags_in_pages(self):
        tags = [{"Key": f"k{index:03}", "Value": "v"} for index in range(200)]
        arn = self.key(Tags=tags)["KeyArn"]
        found, count = self.pages("list_tags_for_resource", "Tags", 100, ResourceArn=arn)
        self.assertEqual((found, count), (tags, 2))

    def test_default_page_is_of_50(self):
        tags = [{"Key": f"k{index:03}", "Value": "v"} for index in range(51)]
        arn = self.key(Tags=tags)["KeyArn"]
        page = self.client.list_tags_for_resource(ResourceArn=arn)
        self.assertEqual(len(page["Tags"]), 50)
        self.assertIn("NextToken", page)

    def test_a_token_of_another_list(self):
        self.key(), self.key()
        token = self.client.list_keys(MaxResults=1)["NextToken"]
        for call, wrong in [
            (self.client.list_aliases, token),
            (self.client.list_keys, "0" + token),
            (self.client.list_keys, "nonsense"),
        ]:
            self.refused("ValidationException", 400, call, NextToken=wrong)

    def test_every_other_operation_of_the_model(self):
        others = set(api.service_model("control").operation_names) - set(OPERATIONS["control"])
        for name in others:
            code = "ValidationException" if name in REFUSED else "UnknownOperationException"
            answer = api.send(api.sign(api.request("control", name, {})))
            self.assertEqual((answer.code, answer.status), (code, 400), name)
            self.assertIn("this server", answer.message.lower())
