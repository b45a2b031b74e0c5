import Testing

@testable import PaymentCryptographyServer

@Suite struct CredentialsFileTests {
    private static let account = "111122223333"
    private static let minimal = "aws_access_key_id=A\naws_secret_access_key=S"

    @Test func profiles() throws {
        let list = try CredentialsFile.read(
            """
            # A comment
            [default]
            aws_access_key_id = AKIDEXAMPLE
              aws_secret_access_key=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\t
            region = us-east-1

            ; Another
            [terminals]
            aws_access_key_id = AKIDOTHER
            aws_secret_access_key = a=b
            aws_session_token = FwoGZXIvYXdzEXAMPLETOKEN==
            aws_account_id = 444455556666
            expiration = 2026-12-31T23:59:59Z
            allowed_actions = payment-cryptography:VerifyAuthRequestCryptogram, Get*
            """, account: Self.account)
        #expect(list.count == 2)
        #expect(list["AKIDEXAMPLE"]?.caller.account == Self.account)
        let other = try #require(list["AKIDOTHER"])
        #expect(other.caller.account == "444455556666")
        #expect(other.expiration?.basic == "20261231T235959Z")
        #expect(other.caller.allowedActions.contains("VerifyAuthRequestCryptogram"))
        #expect(other.caller.allowedActions.contains("GetKey"))
        #expect(!other.caller.allowedActions.contains("GenerateAuthRequestCryptogram"))
    }

    @Test(arguments: [
        ("", 1, "no profile: a section [NAME] expected"),
        ("aws_access_key_id=A", 1, "a section [NAME] expected first"),
        ("[a", 1, "a section is written [NAME]"),
        ("[a]\nx", 2, "a setting is written NAME = VALUE"),
        ("[a]\naws_access_key_id=A", 1, "profile without aws_secret_access_key"),
        ("[a]\naws_secret_access_key=A", 1, "profile without aws_access_key_id"),
        ("[a]\naws_access_key_id=", 2, "aws_access_key_id: one value expected"),
        ("[a]\nexpiration=x\nexpiration=y", 3, "expiration: one value expected"),
        ("[a]\n\(minimal)\nexpiration=2026-12-31", 4, "expiration: 2026-12-31T23:59:59Z expected"),
        ("[a]\n\(minimal)\naws_account_id=1", 4, "aws_account_id: 12 digits expected"),
        (
            "[a]\n\(minimal)\n[b]\n\(minimal)", 4,
            "profile's aws_access_key_id stands in another one too"
        ),
    ])
    func refused(text: String, line: Int, reason: String) {
        #expect {
            try CredentialsFile.read(text, account: Self.account)
        } throws: {
            ($0 as? CredentialsFileError) == CredentialsFileError(line, reason)
        }
    }

    /// A restriction that is misspelt must not be passed over.
    @Test func refusesUnknownSettings() {
        #expect {
            try CredentialsFile.read(
                "[a]\n\(Self.minimal)\nallowed_action=GetKey", account: Self.account)
        } throws: {
            ($0 as? CredentialsFileError)?.line == 4
        }
    }

    @Test(arguments: [
        ("*", "GetKey", true), ("Get*", "GetKey", true), ("Get*", "ListKeys", false),
        ("*Key", "GetKey", true), ("*Key", "ListKeys", false), ("GetKey", "GetKeys", false),
        ("GetKeys", "GetKey", false), ("payment-cryptography:*", "GetKey", true),
        ("kms:*", "GetKey", false), ("G*t*y", "GetKey", true), ("", "GetKey", false),
    ])
    func actions(pattern: String, operation: String, isAllowed: Bool) {
        #expect(AllowedActions(patterns: [pattern]).contains(operation) == isAllowed)
    }
}
