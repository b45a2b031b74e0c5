import CProcessor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

enum Stopwatch {
    struct Reading {
        /// Of the wall clock.
        let nanoseconds: Double
        /// Whether something else had this thread's CPU for more than 2 % of the time.
        let isDisturbed: Bool
    }

    static func time(_ body: () throws -> Void) rethrows -> Reading {
        let (start, startOnCPU) = (now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID))
        try body()
        let (end, endOnCPU) = (now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID))
        return Reading(
            nanoseconds: Double(end - start),
            isDisturbed: Double(endOnCPU - startOnCPU) < 0.98 * Double(end - start))
    }

    /// The rate of the core's clock, in cycles per nanosecond (GHz).
    static func clockRate(thousands: UInt64 = 5000) -> Double {
        let reading = time { processor_add_dependently(thousands) }
        return Double(1000 * thousands) / reading.nanoseconds
    }

    /// The CPU time of this process.
    static var secondsOfProcess: Double { Double(now(CLOCK_PROCESS_CPUTIME_ID)) / 1e9 }

    private static func now(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
