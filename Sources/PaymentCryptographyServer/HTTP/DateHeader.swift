/// The value of the header `Date`, which changes once a second.
final class DateHeader {
    private var time = UTCTime(seconds: 0)
    private var current = ""

    var text: String {
        let now = UTCTime.current
        if now != time { (time, current) = (now, now.http) }
        return current
    }
}
