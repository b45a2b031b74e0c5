/// An object being read: its place, and which of its shape's members have come so far.
struct ObjectProgress {
    let path: MemberPath
    let shape: ObjectShape
    /// Members that came, `null` or not; a second one of the same name is refused.
    fileprivate(set) var seen = MemberSet()
    /// Members that came with a value.
    fileprivate(set) var present = MemberSet()
}

/// The members of a structure of the API model.
struct ObjectShape {
    let required: MemberSet
    let optional: MemberSet
    var all: MemberSet { required.union(optional) }

    static func structure(required: MemberSet, optional: MemberSet = MemberSet()) -> ObjectShape {
        ObjectShape(required: required, optional: optional)
    }

    static func union(_ members: MemberSet) -> ObjectShape {
        ObjectShape(required: MemberSet(), optional: members)
    }
}

/// Reads one request in one pass: errors of the JSON end it, broken constraints are collected.
///
/// It knows the rules that hold for all shapes: unknown members are ignored, `null` means absent,
/// a member given twice is refused.
struct RequestReader: ~Copyable {
    var json: JSONReader
    /// The member being read.
    private(set) var place = MemberPath()
    private var failures: [(path: MemberPath, message: String)] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        json = JSONReader(bytes)
    }

    /// Reads a whole JSON text as one input; a nil input is one with failures.
    static func read<Input>(
        _ text: Span<UInt8>,
        _ readInput: (inout RequestReader) throws(JSONError) -> Input?
    ) throws(RequestError) -> Input {
        try text.withUnsafeBufferPointer { (bytes) throws(RequestError) -> Input in
            var reader = RequestReader(bytes)
            do throws(JSONError) {
                let input = try readInput(&reader)
                try reader.json.finish()
                if let input, reader.failures.isEmpty { return input }
            } catch {
                throw .serialization(path: reader.place.pointer, message: error.message)
            }
            throw .validation(reader.orderedFailures)
        }
    }

    mutating func openObject(_ shape: ObjectShape) throws(JSONError) -> ObjectProgress {
        try json.openObject()
        return ObjectProgress(path: place, shape: shape)
    }

    /// The next member that has a value, or nil after the last one.
    mutating func nextMember(of object: inout ObjectProgress) throws(JSONError) -> MemberName? {
        while true {
            place = object.path
            guard let name = try json.nextMember() else { return nil }
            let shape = object.shape.all
            let member = json.withText(of: name) { shape.member(named: $0) }
            guard member != .unrecognized else { return member }
            place = object.path.appending(member)
            guard !object.seen.contains(member) else {
                throw json.failure("the member is given a second time")
            }
            object.seen.insert(member)
            if try json.skipNull() { continue }
            object.present.insert(member)
            return member
        }
    }

    /// Notes the required members that a structure lacks.
    mutating func close(structure object: ObjectProgress) {
        var missing = object.shape.required.subtracting(object.present)
        while let member = missing.removeFirst() {
            fail(
                at: object.path.appending(member),
                constraint: "Member must not be null")
        }
    }

    /// Refuses a union of which not exactly one member is set.
    func close(union object: ObjectProgress) throws(JSONError) {
        guard object.present.count == 1 else {
            throw json.failure("exactly one known member was expected in the union")
        }
    }

    mutating func fail(at path: MemberPath, constraint: String, length: Int? = nil) {
        let value = length.map { "Value with length \($0)" } ?? "Value"
        failures.append(
            (path, "\(value) at '\(path.pointer)' failed to satisfy constraint: \(constraint)"))
    }

    /// The failures in the model's order; those of one member stay in the order they came.
    private var orderedFailures: [FieldError] {
        failures.enumerated()
            .sorted { ($0.element.path, $0.offset) < ($1.element.path, $1.offset) }
            .map { FieldError(path: $0.element.path.pointer, message: $0.element.message) }
    }
}

extension RequestReader {
    /// Reads a string member; nil, with the reasons noted, where it breaks its shape.
    mutating func value<Value>(
        _ shape: StringShape, _ decode: (Span<UInt8>) -> Value?
    ) throws(JSONError) -> Value? {
        let string = try json.readString()
        let (value, violations) = json.withText(of: string) { text in
            if let value = decode(text) { return (Value?.some(value), [Violation]()) }
            return (nil, shape.violations(of: text))
        }
        for violation in violations {
            fail(at: place, constraint: violation.constraint, length: violation.length)
        }
        return value
    }
}
