#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension UTCTime {
    /// The system's time.
    static var current: UTCTime { UTCTime(seconds: time(nil)) }
}
