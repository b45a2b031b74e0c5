/// A moment in whole seconds, in the forms that SigV4 and HTTP write it.
struct UTCTime: Comparable, Hashable, Sendable {
    /// Since 1970-01-01T00:00:00Z, without leap seconds.
    var seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    static func + (time: Self, seconds: Int) -> Self { Self(seconds: time.seconds + seconds) }

    static func - (time: Self, seconds: Int) -> Self { Self(seconds: time.seconds - seconds) }

    /// The parts of a date and a time; nil where a part is out of its range.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(in: month, of: year), (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        let beforeMonth = (1..<month).reduce(0) { $0 + Self.days(in: $1, of: year) }
        let days = Self.days(before: year) - Self.days(before: 1970) + beforeMonth + day - 1
        seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    }

    /// Of the Gregorian calendar, from year 1 on.
    private static func days(before year: Int) -> Int {
        let years = year - 1
        return 365 * years + years / 4 - years / 100 + years / 400
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// Year, month and day.
    private var date: (year: Int, month: Int, day: Int) {
        let days = (seconds - secondOfDay) / 86_400 + Self.days(before: 1970)
        var year = days / 366 + 1
        while Self.days(before: year + 1) <= days { year += 1 }
        var (month, day) = (1, days - Self.days(before: year))
        while day >= Self.days(in: month, of: year) {
            day -= Self.days(in: month, of: year)
            month += 1
        }
        return (year, month, day + 1)
    }

    private var secondOfDay: Int { (seconds % 86_400 + 86_400) % 86_400 }

    /// As `X-Amz-Date` has it: 20260121T090807Z.
    var basic: String {
        let (date, time) = digits
        return date.joined() + "T" + time.joined() + "Z"
    }

    /// The extended form of ISO 8601: 2026-01-21T09:08:07Z.
    var extended: String {
        let (date, time) = digits
        return date.joined(separator: "-") + "T" + time.joined(separator: ":") + "Z"
    }

    /// As the header `Date` has it: Wed, 21 Jan 2026 09:08:07 GMT [RFC 9110, 5.6.7].
    var http: String {
        let (date, time) = digits
        let days = (seconds - secondOfDay) / 86_400
        // The first day of 1970 was a Thursday.
        let day = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(days % 7 + 7) % 7]
        let month = Self.months[self.date.month - 1]
        return "\(day), \(date[2]) \(month) \(date[0]) \(time.joined(separator: ":")) GMT"
    }

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var digits: (date: [String], time: [String]) {
        let ((year, month, day), second) = (date, secondOfDay)
        return (
            [Self.digits(year, 4), Self.digits(month, 2), Self.digits(day, 2)],
            [second / 3600, second / 60 % 60, second % 60].map { Self.digits($0, 2) }
        )
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(count - text.count, 0)) + text
    }
}
