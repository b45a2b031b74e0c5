/// A published cryptogram that a request of the AWS API can express.
public struct APIVector: Sendable {
    public let id: String
    public let key: String
    public let request: CryptogramInput
    /// As `--padding` has it.
    public let padding: String

    /// All of vectors/ac.json. Not expressed are those whose session key is derived from 8 bytes
    /// that are no ATC (`R`), those without a master key, and those of another MAC.
    public static func load() throws -> [APIVector] {
        try VectorFile.load("ac").vectors.compactMap(APIVector.init)
    }

    private init?(_ vector: Vector) throws {
        guard let member = Self.member(vector.scheme), !vector.has("R"), !vector.has("mac"),
            let key = try vector.optionalString("imk") ?? vector.optionalString("imk_ac")
        else { return nil }
        (id, self.key, padding) = (vector.id, key, try Self.padding(of: vector))
        let tags = try vector.optionalElements("tags")
        let data = try vector.bytes("data")
        // Where nothing else has them: places of tags 9F36 and 9F37 in the data (amount, other amount, … in the order of CVN 10).
        let atc = try vector.optionalString("atc") ?? tags?["9F36"]?.hex ?? data[31..<33].hex
        let un = try vector.optionalString("un") ?? tags?["9F37"]?.hex ?? data[25..<29].hex
        request = CryptogramInput(
            member: member, pan: try vector.string("pan"), psn: try vector.string("psn"),
            atc: member == "Visa" ? nil : atc, un: member == "Mastercard" ? un : nil,
            mode: "EMV_OPTION_\(try vector.optionalString("option") ?? "A")",
            data: data.hex, cryptogram: vector.expected)
    }

    public static func padding(of vector: Vector) throws -> String {
        guard case .number(let method) = vector.inputs["padding"] else { return "none" }
        return String(method)
    }

    /// The member of the API's union for a vector's scheme.
    private static func member(_ scheme: String) -> String? {
        let members = [
            ("Visa CVN10", "Visa"), ("VSDC", "Visa"), ("Visa CVN18", "EmvCommon"),
            ("Visa CVN'22'", "EmvCommon"), ("EMV CSK", "EmvCommon"), ("CCD", "EmvCommon"),
            ("Mastercard CVN20", "EmvCommon"), ("Mastercard CVN21", "EmvCommon"),
            ("Mastercard CVN16", "Mastercard"), ("Mastercard CVN17", "Mastercard"),
            ("M/Chip", "Mastercard"), ("Interac CVN133", "Mastercard"), ("UnionPay", "UnionPay"),
        ]
        return members.first { scheme.hasPrefix($0.0) }?.1
    }
}

/// A published response cryptogram to one of the above.
public struct APIResponseVector: Sendable {
    public let id: String
    public let vector: APIVector
    public let expected: String

    /// All of vectors/arpc.json that `arqc` answers with. Interac's is made under the session key,
    /// while the API's member Mastercard, which Interac's cryptogram needs, has the ICC master key.
    public static func load() throws -> [APIResponseVector] {
        let cryptograms = try APIVector.load()
        return try VectorFile.load("arpc").vectors.compactMap { response in
            let arqc = try response.string("arqc")
            guard let vector = cryptograms.first(where: { $0.request.cryptogram == arqc }),
                !response.scheme.hasPrefix("Interac"), !response.has("mac")
            else { return nil }
            return APIResponseVector(
                id: response.id,
                vector: APIVector(vector, answering: try APIResponseVector.response(response)),
                expected: response.expected)
        }
    }

    public static func response(_ vector: Vector) throws -> CryptogramInput.Response {
        if let code = try vector.optionalString("arc") { return .method1(code) }
        let proprietary = try vector.optionalString("prop") ?? ""
        return .method2(
            csu: try vector.string("csu"), proprietary: proprietary.isEmpty ? nil : proprietary)
    }
}

extension APIVector {
    fileprivate init(_ vector: APIVector, answering response: CryptogramInput.Response) {
        (id, key, padding) = (vector.id, vector.key, vector.padding)
        request = vector.request.with { $0.response = response }
    }
}
