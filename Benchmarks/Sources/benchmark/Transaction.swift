import CPeers
import EMVCryptogram

/// A card and its transaction, made from a number: the same in every run.
struct Transaction {
    let pan: UInt64
    let sequenceNumber: UInt8
    let counter: UInt16
    private var random: SplitMix64

    /// No two numbers below 10¹⁰ have the same PAN.
    init(number: Int) {
        // 7919 has no factor in common with 10¹⁰, so that the last ten digits are a permutation.
        pan = 476_173_0000_000_000 + (UInt64(number) * 7919 + 2_718_281_828) % 10_000_000_000
        random = SplitMix64(state: UInt64(number) &* 0x5851_F42D_4C95_7F2D)
        sequenceNumber = UInt8(random.next() % 100)
        counter = UInt16(truncatingIfNeeded: random.next())
    }

    init(pan: UInt64, sequenceNumber: UInt8, counter: UInt16) {
        (self.pan, self.sequenceNumber, self.counter) = (pan, sequenceNumber, counter)
        random = SplitMix64(state: 0)
    }

    /// Adds its data to the data of all.
    func appendData(to data: inout [UInt8]) {
        var random = random
        for _ in 0..<TransactionSet.dataBytes / 8 {
            withUnsafeBytes(of: random.next()) { data.append(contentsOf: $0) }
        }
    }

    func request(
        dataOffset: Int, cryptogram: ApplicationCryptogram, key: KeyReference
    ) throws -> CryptogramRequest {
        var digits = InlineArray<16, UInt8>(repeating: 0)
        var rest = pan
        for index in (0..<16).reversed() {
            digits[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        return try CryptogramRequest(
            pan: PAN(ascii: digits.span), sequenceNumber: PANSequenceNumber(sequenceNumber),
            counter: ApplicationTransactionCounter(counter),
            data: dataOffset..<dataOffset + TransactionSet.dataBytes, cryptogram: cryptogram,
            key: key)
    }

    /// The same for a peer, by a way of its own, and without a cryptogram.
    var peerRecord: peer_record {
        var record = peer_record()
        var account = pan * 100 + UInt64(sequenceNumber)
        withUnsafeMutableBytes(of: &record.account) { bytes in
            for index in bytes.indices.reversed() {
                bytes[index] = UInt8((account / 10 % 10) << 4 | account % 10)
                account /= 100
            }
        }
        record.counter = (UInt8(counter >> 8), UInt8(counter & 0xFF))
        return record
    }

    /// A line of CSV: pan,psn,atc,data,arqc.
    func line(_ record: peer_record, data: ArraySlice<UInt8>) -> [UInt8] {
        let psn = sequenceNumber < 10 ? "0\(sequenceNumber)" : "\(sequenceNumber)"
        let counter = withUnsafeBytes(of: record.counter, \.hexadecimal)
        let cryptogram = withUnsafeBytes(of: record.cryptogram, \.hexadecimal)
        return Array("\(pan),\(psn),\(counter),".utf8) + data.hexadecimalBytes
            + Array(",\(cryptogram)\n".utf8)
    }
}

/// SplitMix64 [Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014].
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
