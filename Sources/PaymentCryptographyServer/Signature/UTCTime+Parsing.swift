extension UTCTime {
    /// Reads the basic form of ISO 8601: 20260121T090807Z.
    init?(basic text: String) {
        self.init(text, pattern: "yyyyMMddTHHmmssZ")
    }

    /// Reads the extended form of ISO 8601: 2026-01-21T09:08:07Z.
    init?(extended text: String) {
        self.init(text, pattern: "yyyy-MM-ddTHH:mm:ssZ")
    }

    /// Reads the date of an HTTP header: Wed, 21 Jan 2026 09:08:07 GMT [RFC 9110, 5.6.7].
    init?(http text: String) {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2]))
        else {
            return nil
        }
        self.init(
            "\(parts[1]) \(month < 9 ? "0" : "")\(month + 1) \(parts[3]) \(parts[4])",
            pattern: "dd MM yyyy HH:mm:ss")
    }

    /// Reads digits where the pattern has one of the letters yMdHms, else the pattern's character.
    private init?(_ text: String, pattern: StaticString) {
        let (text, count) = (Array(text.utf8), pattern.utf8CodeUnitCount)
        guard text.count == count else { return nil }
        var fields: [UInt8: Int] = [:]
        for index in 0..<count {
            let (letter, character) = (pattern.utf8Start[index], text[index])
            if "yMdHms".utf8.contains(letter) {
                guard (48...57).contains(character) else { return nil }
                fields[letter, default: 0] = fields[letter, default: 0] * 10 + Int(character - 48)
            } else if letter != character {
                return nil
            }
        }
        func field(_ letter: Character) -> Int { fields[letter.asciiValue ?? 0] ?? 0 }
        self.init(
            year: field("y"), month: field("M"), day: field("d"), hour: field("H"),
            minute: field("m"), second: field("s"))
    }
}
