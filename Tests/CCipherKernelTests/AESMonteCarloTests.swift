import CCipherKernel
import TestVectors
import Testing

/// NIST's Monte Carlo test of AES in ECB [AESAVS, 6.4.1]: 100 times 1000 blocks, and a new key for
/// each 1000. The values are those of CAVP's ECBMCT128, 192 and 256: COUNT 0 to COUNT 99.
@Suite struct AESMonteCarloTests {
    struct Answer: Sendable, CustomTestStringConvertible {
        let operation: String
        let key, start, end: String

        var testDescription: String { "\(operation), key of \(key.count / 2) bytes" }
    }

    static let answers = [
        Answer(
            operation: "encrypt", key: "139A35422F1D61DE3C91787FE0507AFD",
            start: "B9145A768B7DC489A096B546F43B231F", end: "FB2649694783B551EACD9D5DB6126D47"),
        Answer(
            operation: "decrypt", key: "0C60E7BF20ADA9BAA9E1DDF0D1540726",
            start: "B08A29B11A500EA3ACA42C36675B9785", end: "D1D2BFDC58FFCAD2341B095BCE55221E"),
        Answer(
            operation: "encrypt", key: "B9A63E09E1DFC42E93A90D9BAD739E5967AEF672EEDD5DA9",
            start: "85A1F7A58167B389CDDC8A9FF175EE26", end: "5D1196DA8F184975E240949A25104554"),
        Answer(
            operation: "decrypt", key: "4B97585701C03FBEBDFA8555024F589F1482C58A00FDD9FD",
            start: "D0BD0E02DED155E4516BE83F42D347A4", end: "B63EF1B79507A62EBA3DAFCEC54A6328"),
        Answer(
            operation: "encrypt",
            key: "F9E8389F5B80712E3886CC1FA2D28A3B8C9CD88A2D4A54C6AA86CE0FEF944BE0",
            start: "B379777F9050E2A818F2940CBBD9ABA4", end: "C5D2CB3D5B7FF0E23E308967EE074825"),
        Answer(
            operation: "decrypt",
            key: "2B09BA39B834062B9E93F48373B8DD018DEDF1E5BA1B8AF831EBBACBC92A2643",
            start: "89649BD0115F30BD878567610223A59D", end: "E3D3868F578CAF34E36445BF14CEFC68"),
    ]

    @Test(arguments: TestedBackend.all, answers)
    func endsAsPublished(_ backend: TestedBackend, _ answer: Answer) throws {
        try backend.require()
        let aes = backend.aes
        var key = try [UInt8](hex: answer.key)
        let block = aes.loaded(
            Rows(repeating: try [UInt8](hex: answer.start), count: aes.lanes))
        func apply(_ prepared: UnsafeRawPointer) {
            if answer.operation == "encrypt" {
                aes.functions.encrypt(block.start, block.start, 1, prepared, nil)
            } else {
                aes.functions.decrypt(block.start, block.start, 1, prepared)
            }
        }
        for _ in 0..<100 {
            let prepared = aes.prepared(Rows(repeating: key, count: aes.lanes))
            for _ in 0..<999 { apply(prepared.start) }
            let previous = aes.stored(block, length: 16, count: 1)[0]
            apply(prepared.start)
            let tail = previous + aes.stored(block, length: 16, count: 1)[0]
            key = zip(key, tail.suffix(key.count)).map { $0 ^ $1 }
        }
        let expected = Rows(repeating: try [UInt8](hex: answer.end), count: aes.lanes)
        #expect(aes.stored(block, length: 16) == expected)
    }
}
