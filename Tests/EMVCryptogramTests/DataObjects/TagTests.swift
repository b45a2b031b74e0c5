import EMVCryptogram
import Testing

@Suite("tags")
struct TagTests {
    /// Tags of EMV [EMV Book 3, Annex A] and, of three bytes, of EMV Book C-2, Annex A.1.
    @Test(
        "of 1 to 3 bytes",
        arguments: [
            (0x82, 1, false), (0x70, 1, true), (0x9F02, 2, false), (0x5F2A, 2, false),
            (0xBF0C, 2, true), (0xDF8129, 3, false), (0x1F8001, 3, false),
        ] as [(UInt32, Int, Bool)])
    func valid(value: UInt32, count: Int, isConstructed: Bool) throws {
        let tag = try EMVTag(value)
        #expect(tag.count == count)
        #expect(tag.isConstructed == isConstructed)
        #expect(tag.description == String(value, radix: 16, uppercase: true))
    }

    @Test(
        "what goes on where it ends, ends where it goes on, is padding or too long",
        arguments: [
            0, 0x9F, 0x5F, 0x8201, 0x9F80, 0x9F0201, 0x9F8180, 0xFF, 0xFF01, 0xFF8105, 0x9F818101,
            0xFFFF_FFFF,
        ] as [UInt32])
    func invalid(value: UInt32) {
        let error = #expect(throws: CryptogramError.self) { try EMVTag(value) }
        #expect(error?.code == .invalidTag)
    }

    @Test("the dictionary is in order, each tag once, and found")
    func dictionary() throws {
        let all = DataElement.all
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.tag < $1.tag })
        #expect(all.allSatisfy { $0.tag.element == $0 })
        #expect((0x9F7F as EMVTag).element == nil)
        let amount = try #require((0x9F02 as EMVTag).element)
        #expect(amount.name == "Amount, Authorised (Numeric)")
        #expect(amount.format == .numeric && amount.lengths == 6...6)
    }

    /// The ten elements that every scheme's cryptogram begins with have these lengths
    /// [EMV Book 3, Annex A].
    @Test("lengths of the elements under a cryptogram")
    func lengths() {
        let expected: [(EMVTag, Int)] = [
            (0x9F02, 6), (0x9F03, 6), (0x9F1A, 2), (0x95, 5), (0x5F2A, 2), (0x9A, 3), (0x9C, 1),
            (0x9F37, 4), (0x82, 2), (0x9F36, 2), (0x9F26, 8), (0x9F27, 1), (0x5F34, 1),
        ]
        for (tag, length) in expected { #expect(tag.element?.lengths == length...length) }
    }
}
