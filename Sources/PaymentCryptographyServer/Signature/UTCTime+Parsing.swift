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
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT",
            let month = Self.months.firstIndex(of: String(parts[2]))
        else {
            return nil
        }
        self.init(
            "\(parts[1]) \(month < 9 ? "0" : "")\(month + 1) \(parts[3]) \(parts[4])",
            pattern: "dd MM yyyy HH:mm:ss")
    }

    /// Reads digits where the pattern has one of the letters yMdHms, else the pattern's character.
    private init?(_ text: String, pattern: StaticString) {
        guard text.utf8.count == pattern.utf8CodeUnitCount else { return nil }
        var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
        for (index, character) in text.utf8.enumerated() {
            let letter = pattern.utf8Start[index]
            let digit = Int(character) - 48
            switch Unicode.Scalar(letter) {
            case "y": year = 10 * year + digit
            case "M": month = 10 * month + digit
            case "d": day = 10 * day + digit
            case "H": hour = 10 * hour + digit
            case "m": minute = 10 * minute + digit
            case "s": second = 10 * second + digit
            default:
                guard letter == character else { return nil }
                continue
            }
            guard (0...9).contains(digit) else { return nil }
        }
        self.init(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}
