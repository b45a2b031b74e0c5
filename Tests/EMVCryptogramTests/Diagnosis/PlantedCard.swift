import EMVCryptogram

/// A card's transaction, and how its cryptogram is made: right at first, for mistakes to be planted.
///
/// The cryptogram is computed step by step by the functions for single keys, which the published
/// vectors prove, from data that is put together here.
struct PlantedCard {
    static let keys = [
        "0123456789ABCDEFFEDCBA9876543210", "9E15204313F7318ACB79B90BD986AD29",
        "F0C34A8124CEE0A91A0B034AA97D6EAC",
    ]

    /// Four cards, by the length of their PANs.
    static let all: [Int: PlantedCard] = [
        16: PlantedCard("5413339000006165", 1, keys[0], "001C", "52BF4585"),
        17: PlantedCard("62281234567811173", 45, keys[1], "0A31", "9E3779B9"),
        18: PlantedCard("413333900000010172", 0, keys[1], "00FF", "01020304"),
        19: PlantedCard("6234567890123456789", 99, keys[2], "3456", "A5B6C7D8"),
    ]

    static let recommended = [
        "9F02", "9F03", "9F1A", "95", "5F2A", "9A", "9C", "9F37", "82", "9F36",
    ]

    var pan: String
    var psn: UInt8
    var key: String
    var level = KeyLevel.issuerMasterKey
    var derivation = MasterKeyDerivation.optionA
    var session = SessionKeyDerivation.emvCommon
    var mac = MACAlgorithm.algorithm3
    var counter: UInt16
    var number: UInt32
    /// The values under the cryptogram by their tags; those of the message at first.
    var elements: [String: [UInt8]]
    /// The tags under the cryptogram, in order.
    var order = recommended
    /// Which part of 9F10 follows.
    var issuerPart: Range<Int>?
    /// As data is padded: nil for method 2.
    var pad: (@Sendable ([UInt8]) -> [UInt8])?

    init(_ pan: String, _ psn: UInt8, _ key: String, _ counter: String, _ number: String) {
        (self.pan, self.psn, self.key) = (pan, psn, key)
        self.counter = UInt16(counter, radix: 16)!
        self.number = UInt32(number, radix: 16)!
        elements = [
            "9F02": [0, 0, 0, 0, 0x40, 0], "9F03": [0, 0, 0, 0, 0x01, 0x50], "9F1A": [0x01, 0x24],
            "95": [0x80, 0, 0x04, 0x80, 0x01], "5F2A": [0x08, 0x40], "9A": [0x19, 0x11, 0x05],
            "9C": [0x01], "9F37": self.number.bytes, "82": [0x18, 0x40],
            "9F36": self.counter.bytes,
        ]
    }

    /// The message that a host gets: right, whatever the cryptogram is.
    func message(_ cryptogram: UInt64, without absent: Set<String> = []) throws -> ICCData {
        var text = "9F2608" + cryptogram.bytes.hex
        // Not the order of the data under the cryptogram.
        for tag in ["82", "9A"] + Self.recommended.filter({ $0 != "82" && $0 != "9A" }) + ["9F10"]
        where !absent.contains(tag) {
            let value = elements[tag]!
            text += tag + [UInt8(value.count)].hex + value.hex
        }
        return try ICCData(hexadecimal: text)
    }
}

extension PlantedCard {
    var data: [UInt8] {
        let issuerData = elements["9F10"]!
        let part = issuerPart.map { Array(issuerData[$0]) } ?? issuerData
        return order.flatMap { elements[$0]! } + part
    }

    func cryptogram() throws -> UInt64 {
        let data = pad?(data) ?? Self.method2(data)
        switch level {
        case .sessionKey: return try Self.mac(data, SessionKey(hexadecimal: key), mac)
        case .iccMasterKey: return try cryptogram(data, ICCMasterKey(hexadecimal: key))
        case .issuerMasterKey:
            return try cryptogram(
                data,
                IssuerMasterKey(hexadecimal: key).iccMasterKey(
                    pan: PAN(pan), sequenceNumber: PANSequenceNumber(psn), derivation: derivation))
        }
    }

    private func cryptogram(_ data: [UInt8], _ icc: consuming ICCMasterKey) throws -> UInt64 {
        let session = try icc.sessionKey(
            session, counter: .init(counter), unpredictableNumber: .init(number))
        return try Self.mac(data, session, mac)
    }

    private static func mac(
        _ data: [UInt8], _ key: consuming SessionKey, _ algorithm: MACAlgorithm
    ) throws -> UInt64 {
        var keys = KeyTable()
        let reference = keys.add(key)
        let scheme = CryptogramScheme(sessionKeyDerivation: .none, macAlgorithm: algorithm)
        let engine = try CryptogramEngine(keys: keys, schemes: [scheme])
        let request = try CryptogramRequest(
            pan: PAN("4000000000000002"), data: 0..<data.count, key: reference)
        return try engine.generate(request, data: data.span).value
    }

    @Sendable static func method1(_ data: [UInt8]) -> [UInt8] {
        data + Array(repeating: 0, count: (8 - data.count % 8) % 8)
    }

    @Sendable static func method2(_ data: [UInt8]) -> [UInt8] { method1(data + [0x80]) }
}

extension FixedWidthInteger {
    /// The most significant first.
    var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
