/// Reads credentials in the form of the AWS shared credentials file: a section for each profile,
/// lines `name = value`, comments after `#` or `;` at the beginning of a line.
///
///     [issuer]
///     aws_access_key_id = AKIDEXAMPLE
///     aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
///     aws_account_id = 111122223333
///     allowed_actions = VerifyAuthRequestCryptogram, Get*
///
/// `aws_session_token`, `expiration` (2026-12-31T23:59:59Z), `aws_account_id` and `allowed_actions`
/// may be absent; without the latter all actions are allowed. A setting that is not known is
/// refused, for it may be a misspelt restriction.
public enum CredentialsFile {
    /// - Parameter account: of profiles that name none.
    public static func read(
        _ text: String, account: String
    ) throws(CredentialsFileError) -> CredentialList {
        var (list, profile) = (CredentialList(), CredentialProfile?.none)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = line.trimmed
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[" {
                try add(profile, to: &list, account)
                profile = try CredentialProfile(header: line, line: index + 1)
            } else {
                guard try profile?.set(line, line: index + 1) != nil else {
                    throw CredentialsFileError(index + 1, "a section [NAME] expected first")
                }
            }
        }
        try add(profile, to: &list, account)
        guard list.count > 0 else {
            throw CredentialsFileError(lines.count, "no profile: a section [NAME] expected")
        }
        return list
    }

    private static func add(
        _ profile: CredentialProfile?, to list: inout CredentialList, _ account: String
    ) throws(CredentialsFileError) {
        guard let profile else { return }
        guard list.insert(try profile.credential(account: account)) else {
            throw CredentialsFileError(
                profile.line, "profile's aws_access_key_id stands in another one too")
        }
    }
}

/// What is wrong with a credentials file; never a value of it.
public struct CredentialsFileError: Error, Equatable, CustomStringConvertible {
    public let line: Int
    public let reason: String

    init(_ line: Int, _ reason: String) { (self.line, self.reason) = (line, reason) }

    public var description: String { "line \(line): \(reason)" }
}
