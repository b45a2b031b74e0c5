@testable import EMVCryptogram
import TestVectors
import Testing

/// A published cryptogram as a version's transaction: its data cut into elements, its tail put where
/// the version's format has it.
struct PublishedTransaction {
    let vector: Vector
    let version: CryptogramVersion
    /// The data under the cryptogram, not padded.
    let data: [UInt8]
    let issuerData: [UInt8]

    /// Nil if the vector's data or padding is not the version's.
    init?(_ vector: Vector, as version: CryptogramVersion) throws {
        self.vector = vector
        self.version = version
        let isPadded = if case .text? = vector.inputs["padding"] { true } else { false }
        guard try isPadded || vector.padding == version.scheme.padding else { return nil }
        guard let data = try Self.unpadded(vector.bytes("data"), isPadded, version) else {
            return nil
        }
        self.data = data
        let given = try vector.optionalElements("tags")?["9F10"]
        guard let made = Self.issuerData(Array(data[33...]), version) else { return nil }
        issuerData = given ?? made
    }

    private static func unpadded(
        _ data: [UInt8], _ isPadded: Bool, _ version: CryptogramVersion
    ) -> [UInt8]? {
        guard isPadded else { return data }
        if version.scheme.padding == .method2 {
            return data.lastIndex { $0 != 0 }.map { Array(data[..<$0]) }
        }
        let results = version.issuerDataFormat.verificationResults?.count ?? 0
        let length = 33 + results
        return data.count - length < 8 && data[length...].allSatisfy { $0 == 0 }
            ? Array(data[..<length]) : nil
    }

    /// The whole of it if the data ends with that; else made around the parts that the data has.
    private static func issuerData(
        _ tail: [UInt8], _ version: CryptogramVersion
    ) -> [UInt8]? {
        let format = version.issuerDataFormat
        if version.dataElements.contains(.issuerApplicationData) {
            return format.fits(tail[...], versionNumber: version.number) ? tail : nil
        }
        guard let results = format.verificationResults else { return nil }
        let counters = tail.count - results.count
        let expected = version.dataElements.contains(.counters) ? [8, 16] : [0]
        guard expected.contains(counters) else { return nil }
        let place = format.counters.first { $0.count == max(counters, 8) }
        var bytes = [UInt8](repeating: 0, count: place?.upperBound ?? format.lengths[0])
        bytes.replaceSubrange(results, with: tail.prefix(results.count))
        if counters > 0 { bytes.replaceSubrange(place!, with: tail.dropFirst(results.count)) }
        for constant in format.constants { bytes[constant.place] = constant.value }
        bytes[format.versionNumber] = version.number
        bytes[format.derivationKeyIndex] = 0x5D
        return bytes
    }
}

extension PublishedTransaction {
    /// The elements of field 55, by their tags.
    func elements() throws -> [String: [UInt8]] {
        var (elements, place) = ([String: [UInt8]](), 0)
        for case .element(let tag, let length) in TransactionDataElement.recommended {
            elements[tag.description] = Array(data[place..<place + length])
            place += length
        }
        elements["9F10"] = issuerData
        elements["9F26"] = try vector.expectedBytes()
        elements["9F27"] = [0x80]
        return elements
    }

    func message() throws -> ICCData { try ICCData(Field55.message(elements())) }

    /// The card's and the session's key, by the version's derivations.
    func withKeys(
        _ body: (borrowing ICCMasterKey, borrowing SessionKey) throws -> Void
    ) throws {
        let icc = try vector.issuerMasterKey().iccMasterKey(
            pan: vector.pan, sequenceNumber: vector.sequenceNumber,
            derivation: version.scheme.masterKeyDerivation)
        let session = try icc.sessionKey(
            version.scheme.sessionKeyDerivation, counter: counter,
            unpredictableNumber: unpredictableNumber)
        try body(icc, session)
    }

    var counter: ApplicationTransactionCounter {
        .init(UInt16(data[31]) << 8 | UInt16(data[32]))
    }

    var unpredictableNumber: UnpredictableNumber {
        .init(data[25..<29].reduce(0) { $0 << 8 | UInt32($1) })
    }
}

/// Which published values are whose, by the words of the vector files.
enum PublishedLabels {
    private static let cryptograms: [(String, [String])] = [
        ("Visa CVN10 / JCB CVN01", ["visa-10", "jcb-01"]), ("Visa CVN10", ["visa-10"]),
        ("VSDC (no SK)", ["visa-10"]), ("Visa CVN18/22", ["visa-18", "visa-22"]),
        ("Visa CVN18", ["visa-18"]), ("Visa CVN'22'", ["visa-22"]),
        ("M/Chip SKD", ["mastercard-10"]), ("Mastercard CVN16", ["mastercard-10"]),
        ("Mastercard CVN17", ["mastercard-11"]), ("Mastercard CVN20", ["mastercard-14"]),
        ("Mastercard CVN21", ["mastercard-15"]), ("Interac CVN133", ["interac-133"]),
        ("CCD/CPA", ["ccd"]), ("UnionPay/PBOC CVN01", ["unionpay-01"]),
    ]
    private static let responses: [(String, [String])] = [
        ("VSDC method 1", ["visa-10"]), ("M/Chip method 1", ["mastercard-10"]),
        ("CCD ARPC", ["ccd"]), ("UnionPay/PBOC", ["unionpay-01"]),
    ]

    /// The versions' identifiers; none for a value of a method alone.
    static func versions(ofCryptogram vector: Vector) -> [String] {
        cryptograms.first { vector.scheme.hasPrefix($0.0) }?.1 ?? []
    }

    static func versions(ofResponse vector: Vector) -> [String] {
        (responses + cryptograms).first { vector.scheme.hasPrefix($0.0) }?.1 ?? []
    }
}
