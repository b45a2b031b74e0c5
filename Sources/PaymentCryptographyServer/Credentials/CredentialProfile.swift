/// A section of a credentials file.
struct CredentialProfile {
    enum Setting: String, CaseIterable {
        case accessKeyID = "aws_access_key_id"
        case secretAccessKey = "aws_secret_access_key"
        case sessionToken = "aws_session_token"
        case accountID = "aws_account_id"
        case expiration
        case allowedActions = "allowed_actions"
        // Settings of the AWS tools, without a meaning here.
        case region, output
    }

    /// Where the section begins.
    let line: Int
    private var values: [Setting: (value: String, line: Int)] = [:]

    init(header: Substring, line: Int) throws(CredentialsFileError) {
        guard header.last == "]", header.count > 2 else {
            throw CredentialsFileError(line, "a section is written [NAME]")
        }
        self.line = line
    }

    mutating func set(_ text: Substring, line: Int) throws(CredentialsFileError) {
        guard let equals = text.firstIndex(of: "=") else {
            throw CredentialsFileError(line, "a setting is written NAME = VALUE")
        }
        guard let setting = Setting(rawValue: String(text[..<equals].trimmed)) else {
            let known = Setting.allCases.map(\.rawValue).joined(separator: ", ")
            throw CredentialsFileError(line, "unknown setting; there are \(known)")
        }
        let value = String(text[equals...].dropFirst().trimmed)
        guard !value.isEmpty, values.updateValue((value, line), forKey: setting) == nil else {
            throw CredentialsFileError(line, "\(setting.rawValue): one value expected")
        }
    }

    func credential(account: String) throws(CredentialsFileError) -> Credential {
        Credential(
            caller: Caller(
                accessKeyID: try required(.accessKeyID), account: try self.account ?? account,
                allowedActions: allowedActions),
            secretAccessKey: try required(.secretAccessKey),
            sessionToken: values[.sessionToken]?.value, expiration: try expiration)
    }

    private func required(_ setting: Setting) throws(CredentialsFileError) -> String {
        guard let value = values[setting]?.value else {
            throw CredentialsFileError(line, "profile without \(setting.rawValue)")
        }
        return value
    }

    private var account: String? {
        get throws(CredentialsFileError) {
            guard let (value, line) = values[.accountID] else { return nil }
            guard isAccount(value) else {
                throw CredentialsFileError(line, "aws_account_id: 12 digits expected")
            }
            return value
        }
    }

    private var allowedActions: AllowedActions {
        guard let (value, _) = values[.allowedActions] else { return .all }
        return AllowedActions(patterns: value.split(separator: ",").map { String($0.trimmed) })
    }

    private var expiration: UTCTime? {
        get throws(CredentialsFileError) {
            guard let (value, line) = values[.expiration] else { return nil }
            guard let time = UTCTime(extended: value) else {
                throw CredentialsFileError(line, "expiration: 2026-12-31T23:59:59Z expected")
            }
            return time
        }
    }
}

/// Whether the text is an AWS account id: 12 digits.
public func isAccount(_ text: String) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
}
