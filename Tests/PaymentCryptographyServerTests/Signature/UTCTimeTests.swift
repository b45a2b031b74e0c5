import Foundation
import Testing

@testable import PaymentCryptographyServer

@Suite struct UTCTimeTests {
    @Test(arguments: [
        ("19700101T000000Z", 0), ("20000229T235959Z", 951_868_799),
        ("20261121T055834Z", 1_795_240_714), ("20991231T235959Z", 4_102_444_799),
        ("19691231T235959Z", -1), ("21000301T000000Z", 4_107_542_400),
    ])
    func known(text: String, seconds: Int) {
        #expect(UTCTime(basic: text)?.seconds == seconds)
        #expect(UTCTime(seconds: seconds).basic == text)
    }

    /// Each day of two centuries, beside Foundation's calendar.
    @Test func days() throws {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt)
        for day in -36_500..<60_000 {
            let time = UTCTime(seconds: day * 86_400 + day % 3_600)
            let date = Date(timeIntervalSince1970: TimeInterval(time.seconds))
            let text = date.formatted(style)
            try #require(UTCTime(extended: text) == time)
            try #require(time.basic == text.filter { $0 != "-" && $0 != ":" })
        }
    }

    @Test(arguments: [
        "20261121T055834", "20261121 055834Z", "2026112105583400", "20261321T055834Z",
        "20260229T055834Z", "20261121T245834Z", "20261121T055860Z", "+0261121T055834Z", "",
        "20260000T000000Z", "２0261121T055834Z",
    ])
    func refused(text: String) {
        #expect(UTCTime(basic: text) == nil)
    }

    @Test func http() {
        #expect(UTCTime(http: "Sat, 21 Nov 2026 05:58:34 GMT") == SignedVector.time)
        #expect(SignedVector.time.http == "Sat, 21 Nov 2026 05:58:34 GMT")
        #expect(UTCTime(seconds: 784_111_777).http == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(UTCTime(http: "Sun, 01 Mar 2026 00:00:00 GMT")?.basic == "20260301T000000Z")
        for text in ["Sat, 21 Nov 2026 05:58:34 UTC", "Sat, 21 nov 2026 05:58:34 GMT", "Sat"] {
            #expect(UTCTime(http: text) == nil)
        }
    }
}
