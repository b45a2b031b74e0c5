import CKernelRounds

/// How fast this CPU executes the logic operations of DES rounds in AVX-512 registers and nothing
/// else, in an order that suits it: a measure of how near to that the kernel's rounds come.
enum OperationLimit {
    static let operationsOfRound = Int(KERNEL_ROUNDS_TERNARY + KERNEL_ROUNDS_OF_TWO)

    /// The cycles of a round's; nil without AVX-512.
    static func cyclesOfRound() -> Double? {
        guard kernel_rounds_operate(0) else { return nil }
        let operations = 2_400_000
        let ratios = (0..<51).map { _ in
            let rate = Stopwatch.clockRate(thousands: 1000)
            let reading = Stopwatch.time { kernel_rounds_operate(operations) }
            return reading.nanoseconds * rate / Double(operations)
        }
        return Distribution(ratios).lowerQuartile * Double(operationsOfRound)
    }
}
