/// The operations that a credential may be used for.
///
/// Each pattern is the name of an operation, such as `VerifyAuthRequestCryptogram`, with `*` for
/// any characters, and with or without the prefix `payment-cryptography:` of IAM policies.
public struct AllowedActions: Equatable, Sendable {
    public static let all = AllowedActions(patterns: ["*"])

    private let patterns: [String]

    public init(patterns: [String]) {
        let prefix = CredentialScope.service + ":"
        self.patterns = patterns.map {
            $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0
        }
    }

    public func contains(_ operation: String) -> Bool {
        patterns.contains { Self.matches(Array(operation.utf8)[...], Array($0.utf8)[...]) }
    }

    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            return text.indices.contains { matches(text[$0...], pattern.dropFirst()) }
                || matches([], pattern.dropFirst())
        }
        return text.first == first && matches(text.dropFirst(), pattern.dropFirst())
    }
}
