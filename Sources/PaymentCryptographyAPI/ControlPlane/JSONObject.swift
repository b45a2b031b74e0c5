/// A JSON object being written, its members in the order in which they are set.
public struct JSONObject: Sendable {
    private var members: [UInt8] = []

    public init() {}

    /// The object as UTF-8.
    public var text: [UInt8] { [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")] }

    private mutating func begin(_ name: String) {
        if !members.isEmpty { members.append(UInt8(ascii: ",")) }
        JSONWriter.append(string: name, to: &members)
        members.append(UInt8(ascii: ":"))
    }

    /// Sets a string; nothing for nil, as for the other types.
    public mutating func set(_ name: String, _ value: String?) {
        guard let value else { return }
        begin(name)
        JSONWriter.append(string: value, to: &members)
    }

    public mutating func set(_ name: String, _ value: Bool) {
        begin(name)
        members += (value ? "true" : "false").utf8
    }

    public mutating func set(_ name: String, _ value: Timestamp?) {
        guard let value else { return }
        begin(name)
        members += value.jsonText.utf8
    }

    public mutating func set(_ name: String, _ value: JSONObject) {
        begin(name)
        members += value.text
    }

    public mutating func set(_ name: String, _ values: [JSONObject]) {
        begin(name)
        members.append(UInt8(ascii: "["))
        members += values.map(\.text).joined(separator: [UInt8(ascii: ",")])
        members.append(UInt8(ascii: "]"))
    }
}
