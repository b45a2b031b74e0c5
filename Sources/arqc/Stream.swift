import EMVCryptogram
import Foundation

/// The way from a run's input to its output: threads take the next chunk, compute it and deliver
/// it to be written in the order of the input.
///
/// The input belongs to who holds `reading`, all else that changes to who holds `condition`.
final class Stream<Run: StreamRun>: @unchecked Sendable {
    private let run: Run
    private let context: RunContext
    private let engine: CryptogramEngine

    private let reading = NSLock()
    private let reader: ChunkReader
    private var format: LineFormat?

    private let condition = NSCondition()
    /// How many threads may still be started, and how many are not at their end.
    private var (unstarted, active) = (0, 0)
    /// How many jobs may still be made, those that wait for a chunk, and those that were computed,
    /// by their place in the order.
    private var unmade = 1
    private var idle: [ChunkJob<Run>] = []
    private var computed: [Int: ChunkJob<Run>] = [:]
    /// How many were written, and whether a thread is writing.
    private var (written, isWriting) = (0, false)
    private var failure: (any Error)?
    private var progress = Progress()

    init(run: Run, context: RunContext, engine: CryptogramEngine, reader: ChunkReader) {
        self.run = run
        self.context = context
        self.engine = engine
        self.reader = reader
    }

    func run(parallelism: Int) throws {
        if parallelism == 1 {
            work()
        } else {
            // Two for each thread, so that none waits for another one's turn.
            (unstarted, unmade) = (parallelism, 2 * parallelism)
            startThread()
            condition.withLock {
                // A thread that waits for input is not waited for.
                while active > 0, failure == nil { condition.wait() }
            }
        }
        try condition.withLock {
            if let failure { throw failure }
            progress.summarize(good: Run.good, backend: engine.backend.name)
            // What came before the error is valid all the same.
            if let failure = reader.failure { throw failure }
            if progress.total.invalid > 0 { throw ExitStatus.invalid }
            if progress.total.mismatches > 0 { throw ExitStatus.mismatch }
        }
    }

    private func startThread() {
        let isAllowed = condition.withLock {
            guard unstarted > 0 else { return false }
            (unstarted, active) = (unstarted - 1, active + 1)
            return true
        }
        guard isAllowed else { return }
        Thread.detachNewThread {
            self.work()
            self.condition.withLock {
                self.active -= 1
                self.condition.broadcast()
            }
        }
    }

    private func work() {
        while let job = idleJob(), let format = take(job.chunk) {
            job.compute(format)
            deliver(job)
        }
    }

    /// A job to be used, once there is one; nil if the run has failed.
    private func idleJob() -> ChunkJob<Run>? {
        condition.withLock {
            while idle.isEmpty, unmade == 0, failure == nil { condition.wait() }
            guard failure == nil else { return nil }
            if let job = idle.popLast() { return job }
            unmade -= 1
            return ChunkJob(run, engine)
        }
    }

    /// Fills a chunk; nil if there is no more.
    private func take(_ chunk: InputChunk) -> LineFormat? {
        reading.withLock {
            guard reader.read(into: chunk) else { return nil }
            do {
                let format = try format ?? LineFormat(of: chunk, run.options, context)
                self.format = format
                if !reader.isAtEnd { startThread() }
                return format
            } catch {
                condition.withLock { fail(error) }
                return nil
            }
        }
    }

    /// Has a job written when its turn comes, by this thread or by one that is writing already.
    private func deliver(_ job: ChunkJob<Run>) {
        condition.withLock {
            computed[job.chunk.ordinal] = job
            guard !isWriting else { return }
            isWriting = true
            while failure == nil, let next = computed.removeValue(forKey: written) {
                condition.unlock()
                let result = Result { try write(next) }
                condition.lock()
                if case .failure(let error) = result { fail(error) }
                written += 1
                idle.append(next)
                condition.broadcast()
            }
            isWriting = false
        }
    }

    private func fail(_ error: any Error) {
        failure = failure ?? error
        condition.broadcast()
    }

    /// Only the thread that is writing counts progress.
    private func write(_ job: ChunkJob<Run>) throws {
        if let failure = job.failure { throw failure }
        progress.add(job.lines.tally)
        guard writeAll(job.lines.text.bytes, to: STDOUT_FILENO) else {
            throw CommandFailure.output(
                "standard output: \(systemError()); not all of \(progress.total.lines) results "
                    + "were written")
        }
        progress.show(position: job.chunk.position, of: reader.size)
    }
}
