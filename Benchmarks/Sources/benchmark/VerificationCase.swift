/// A subject at one kind of work and one batch size, on one core.
final class VerificationCase: MeasuredCase {
    let row: Row
    /// How many transactions one pass goes through, a multiple of the batch size: small batches
    /// take other transactions each time, but those stay in the caches.
    let units: Int
    private let work: Work
    private let task: any VerificationTask

    init(
        _ subject: any Subject, _ work: Work, batch: Int, units: Int, _ task: any VerificationTask
    ) {
        row = Row(
            work: work.rawValue, subject: subject.name, backend: subject.backend, batch: batch)
        self.units = units
        self.work = work
        self.task = task
    }

    static func window(_ batch: Int, of count: Int) -> Int {
        max(min(4096, count) / batch, 1) * batch
    }

    func pass() throws {
        for start in stride(from: 0, to: units, by: row.batch) {
            try task.compute(start..<start + row.batch)
        }
    }

    func check(_ agreement: Agreement) throws {
        for start in stride(from: 0, to: units, by: row.batch) {
            let batch = start..<start + row.batch
            try task.compute(batch)
            try agreement.check(batch, work, row.label) { task.outcome($0) }
        }
    }
}

/// A backend of the library on all cores: each thread verifies batches of its own, by one engine;
/// a batch of all transactions is shared by the threads.
final class ParallelCase: MeasuredCase {
    let row: Row
    let units: Int
    private let work: Work
    private let tasks: [LibraryTask]
    /// For each thread.
    private let window: Int
    private let isShared: Bool

    init(
        _ subject: LibrarySubject, _ work: Work, batch: Int, of count: Int, threads: Int,
        _ task: LibraryTask
    ) {
        row = Row(
            work: work.rawValue, subject: subject.name, backend: subject.backend, threads: threads,
            batch: batch)
        isShared = batch == count
        window = VerificationCase.window(batch, of: count)
        units = isShared ? count : window * threads
        tasks = [task] + (1..<threads).map { _ in LibraryTask(sharing: task) }
        self.work = work
    }

    func pass() throws {
        if isShared { return try tasks[0].compute(0..<units, parallelism: row.threads) }
        nonisolated(unsafe) let tasks = tasks
        let (window, batch) = (window, row.batch)
        try Concurrently.run(row.threads) { thread in
            for start in stride(from: 0, to: window, by: batch) {
                try tasks[thread].compute(start..<start + batch)
            }
        }
    }

    func check(_ agreement: Agreement) throws {
        try pass()
        if isShared {
            return try agreement.check(0..<units, work, row.label) { tasks[0].outcome($0) }
        }
        let last = window - row.batch..<window
        for task in tasks {
            try agreement.check(last, work, row.label) { task.outcome($0) }
        }
    }
}
