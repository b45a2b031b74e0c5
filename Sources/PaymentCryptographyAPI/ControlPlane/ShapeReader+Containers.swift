/// Structures, unions, lists and maps.
extension ShapeReader {
    func structure<Value>(
        _ name: String, _ read: (ShapeReader) throws(RequestError) -> Value
    ) throws(RequestError) -> Value {
        if let value = try optionalStructure(name, read) { return value }
        let absent = ShapeReader(path: place(name), members: nil, failures: failures)
        return required(name, nil, or: try read(absent))
    }

    func optionalStructure<Value>(
        _ name: String, _ read: (ShapeReader) throws(RequestError) -> Value
    ) throws(RequestError) -> Value? {
        guard let value = value(name) else { return nil }
        return try read(reader(of: value, at: place(name)))
    }

    private func reader(
        of value: JSONValue, at place: String
    ) throws(RequestError) -> ShapeReader {
        guard case .object(let members) = value else {
            throw mismatch(place, expected: "an object")
        }
        return ShapeReader(path: place, members: members, failures: failures)
    }

    /// The one member of this union that is set; nil in a union that is missing.
    func onlyMember(of names: [String]) throws(RequestError) -> String? {
        guard members != nil else { return nil }
        let present = names.filter { value($0) != nil }
        guard let name = present.first, present.count == 1 else {
            throw .serialization(
                path: path,
                message: "'\(path)': exactly one known member was expected in the union")
        }
        return name
    }

    func list<Element>(
        _ name: String, count: ClosedRange<Int>,
        _ read: (ShapeReader) throws(RequestError) -> Element
    ) throws(RequestError) -> [Element]? {
        guard let elements = try elements(name, count) else { return nil }
        var values: [Element] = []
        for (index, element) in elements.enumerated() {
            values.append(try read(reader(of: element, at: "\(place(name))/\(index)")))
        }
        return values
    }

    func strings(
        _ name: String, count: ClosedRange<Int>, _ shape: TextShape
    ) throws(RequestError) -> [String]? {
        guard let elements = try elements(name, count) else { return nil }
        var values: [String] = []
        for (index, element) in elements.enumerated() {
            values.append(try string(element, shape, at: "\(place(name))/\(index)"))
        }
        return values
    }

    /// The entries of a map from strings to strings, in the order of their keys.
    func map(
        _ name: String, keys: TextShape, values: TextShape
    ) throws(RequestError) -> [(identifier: String, data: String)] {
        guard let value = value(name) else { return [] }
        guard case .object(let members) = value else {
            throw mismatch(place(name), expected: "an object")
        }
        var entries: [(identifier: String, data: String)] = []
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            for violation in keys.violations(of: key) { fail(at: place(name), violation) }
            entries.append((key, try string(value, values, at: "\(place(name))/\(key)")))
        }
        return entries
    }

    func required<Element>(_ name: String, _ list: [Element]?) -> [Element] {
        required(name, list, or: [])
    }

    private func elements(
        _ name: String, _ count: ClosedRange<Int>
    ) throws(RequestError) -> [JSONValue]? {
        guard let value = value(name) else { return nil }
        guard case .array(let elements) = value else {
            throw mismatch(place(name), expected: "a list")
        }
        if !count.contains(elements.count) {
            let bounds = "between \(count.lowerBound) and \(count.upperBound), inclusive"
            fail(
                at: place(name),
                Violation(
                    constraint: "Member must have length \(bounds)", length: elements.count))
        }
        return elements
    }
}
