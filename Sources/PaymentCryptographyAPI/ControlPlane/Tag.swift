/// A label that a person has put on a key (AWS Payment Cryptography Control Plane API, Tag).
public struct Tag: Codable, Hashable, Sendable {
    public let key: String
    public let value: String

    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
