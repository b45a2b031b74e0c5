import CPeers
import EMVCryptogram

/// Published transactions that the reference must agree with, before others are compared with it.
struct KnownAnswer {
    let chain: Chain
    let issuerKey, data: String
    let transaction: Transaction
    let cryptogram: UInt64

    static let all = [
        // Visa CVN 18 as pyemv's documentation has it, padded by method 2: Tests/TestVectors,
        // visa-cvn18-doc-ac.
        KnownAnswer(
            chain: .tdes, issuerKey: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            data: "0000000099990000000000000840800004800008409912310152BF458518000FFF06011203A0B800"
                + "8000000000000000",
            transaction: Transaction(
                pan: 1_234_567_890_123_456, sequenceNumber: 0, counter: 0x0FFF),
            cryptogram: 0x7695_77B5_ABE9_FE62),
        // "Cryptography for Payment Professionals", github.com/ilya-dubinsky/cfpp: the card key of
        // cfpp-aes128-mk, the session key and cryptogram of cfpp-aes128-arpc1.
        KnownAnswer(
            chain: .aes, issuerKey: "DFADBFEF0123456789866443DFADBFEF",
            data: "00000000084000000000000840181200010601120300000000",
            transaction: Transaction(
                pan: 9_012_345_432_101_232, sequenceNumber: 1, counter: 0x0001),
            cryptogram: 0xEBB4_6869_3B34_6136),
    ]

    static func check() throws {
        for answer in all {
            let computed = [UInt8](hexadecimal: answer.data).withUnsafeBufferPointer {
                answer.chain.referenceCryptogram(
                    answer.transaction.peerRecord,
                    issuerKey: [UInt8](hexadecimal: answer.issuerKey), data: $0)
            }
            guard computed.value == answer.cryptogram else {
                throw Agreement.Failure(
                    description: "the reference of \(answer.chain) misses a published cryptogram")
            }
        }
    }
}
