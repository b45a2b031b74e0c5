import CProcessor

/// How many instructions a case executes for a unit of work, counted by stepping through a pass.
enum InstructionCount {
    /// Nil where the system does not let a process step through another.
    static func perUnit(of subject: any MeasuredCase) -> Double? {
        let body = Body { _ = try? subject.pass() }
        let count = processor_count_instructions(
            { Unmanaged<Body>.fromOpaque($0!).takeUnretainedValue().run() },
            Unmanaged.passUnretained(body).toOpaque())
        return count == 0 ? nil : Double(count) / Double(subject.units)
    }

    private final class Body {
        let run: () -> Void

        init(_ run: @escaping () -> Void) { self.run = run }
    }
}

/// How many allocations a pass makes, once it is warm.
enum AllocationCount {
    /// Nil where they cannot be counted.
    static func ofPass(_ subject: any MeasuredCase) throws -> Int? {
        try subject.pass()
        let start = processor_allocations()
        try subject.pass()
        let end = processor_allocations()
        return start < 0 ? nil : Int(end - start)
    }
}
