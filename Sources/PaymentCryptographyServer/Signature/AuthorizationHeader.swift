/// The value of the header `Authorization` of a signed request, taken apart.
///
/// AWS General Reference, "Signature Version 4 signing process", Authorization header.
struct AuthorizationHeader: Equatable {
    static let algorithm = "AWS4-HMAC-SHA256"
    private static let prefix = algorithm + " "

    let accessKeyID: String
    let scope: CredentialScope
    /// The names in lower case, as the header lists them.
    let signedHeaders: [Substring]
    /// 32 bytes.
    let signature: [UInt8]

    init(_ value: String) throws(AuthenticationError) {
        guard value.hasPrefix(Self.prefix) else {
            throw .incomplete("Authorization header requires algorithm \(Self.algorithm).")
        }
        var parameters = try Self.parameters(value.dropFirst(Self.prefix.count))
        let credential = try parameters.take("Credential")
        let names = try parameters.take("SignedHeaders")
        guard let signature = Self.bytes(try parameters.take("Signature")) else {
            throw .mismatch
        }
        guard parameters.isEmpty else {
            throw .incomplete("Authorization header has an unknown parameter")
        }
        guard let slash = credential.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            throw .incomplete("Credential must have 5 parts separated by '/'")
        }
        accessKeyID = String(credential[..<slash])
        scope = try CredentialScope(credential[slash...].dropFirst())
        signedHeaders = names.parts(separatedBy: UInt8(ascii: ";"))
        self.signature = signature
    }

    private static func parameters(
        _ text: Substring
    ) throws(AuthenticationError) -> [Parameter] {
        var parameters: [Parameter] = []
        parameters.reserveCapacity(3)
        for part in text.parts(separatedBy: UInt8(ascii: ",")) {
            let part = part.trimmed
            guard let equals = part.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw .incomplete(
                    "A part is not a valid key=value pair (missing equal-sign) in Authorization "
                        + "header.")
            }
            let parameter = Parameter(name: part[..<equals], value: part[equals...].dropFirst())
            guard !parameters.contains(where: { $0.name == parameter.name }) else {
                throw .incomplete("Authorization header has a parameter twice")
            }
            parameters.append(parameter)
        }
        return parameters
    }

    /// Decodes 64 hexadecimal digits in lower case.
    private static func bytes(_ digits: Substring) -> [UInt8]? {
        var values: [UInt8] = []
        values.reserveCapacity(64)
        for digit in digits.utf8 {
            switch digit {
            case 48...57: values.append(digit - 48)
            case 97...102: values.append(digit - 87)
            default: return nil
            }
        }
        guard values.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}

private struct Parameter {
    let name: Substring
    let value: Substring
}

extension [Parameter] {
    fileprivate mutating func take(_ name: Substring) throws(AuthenticationError) -> Substring {
        guard let index = firstIndex(where: { $0.name == name }), !self[index].value.isEmpty else {
            throw .incomplete("Authorization header requires '\(name)' parameter.")
        }
        return remove(at: index).value
    }
}

extension Substring {
    /// All parts, empty ones as well. By bytes, which takes a tenth of the time that characters do.
    func parts(separatedBy separator: UInt8) -> [Substring] {
        var (parts, rest): ([Substring], Substring) = ([], self)
        parts.reserveCapacity(8)
        while let end = rest.utf8.firstIndex(of: separator) {
            parts.append(rest[..<end])
            rest = rest[rest.utf8.index(after: end)...]
        }
        parts.append(rest)
        return parts
    }

    /// Without spaces and tabs around it.
    var trimmed: Substring {
        var text = utf8
        while let first = text.first, first == 32 || first == 9 { text.removeFirst() }
        while let last = text.last, last == 32 || last == 9 { text.removeLast() }
        return Substring(text)
    }
}
