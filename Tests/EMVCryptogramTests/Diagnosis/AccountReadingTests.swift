@testable import EMVCryptogram
import Testing

/// Readings of an account that no card of the published vectors has.
@Suite("account readings")
struct AccountReadingTests {
    /// SHA-1 of 062281234567811173, its decimal digits first [EMV Book 2, A1.4.2], computed by
    /// Python's hashlib.
    @Test("option B of a PAN without sequence number, 17 digits")
    func optionBWithoutSequenceNumber() throws {
        let readings = try AccountReading.all(
            PAN("62281234567811173"), PANSequenceNumber(45))
        let reading = try #require(readings.first { $0.change == .noSequenceNumber })
        let digits = reading.optionBDigits.bytes
        #expect(digits.prefix(8) == [0x20, 0x48, 0x75, 0x07, 0x44, 0x97, 0x08, 0x00])
    }

    @Test("every reading has other digits, and the right one is the first")
    func different() throws {
        let readings = try AccountReading.all(PAN("5413339000006165"), .absent)
        #expect(readings.first?.change == AccountReading.Change.none)
        let digits = readings.map(\.digits.bytes)
        #expect(Set(digits).count == readings.count)
        #expect(readings.count > 110)
    }
}
