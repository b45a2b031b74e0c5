import EMVCryptogram
import Foundation

/// The way from a run's input to its output: each worker takes the next chunk, computes it, and
/// writes the results when it is the chunk's turn.
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
    /// How many workers may still be started, and how many are not at their end.
    private var (unstarted, active) = (0, 0)
    /// The ordinal of the chunk whose turn it is.
    private var turn = 0
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
            unstarted = parallelism
            startWorker()
            condition.withLock {
                // A worker that waits for input is not waited for.
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
}

// The workers.
extension Stream {
    private func startWorker() {
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
        let worker = ChunkWorker(run, engine)
        while let format = take(worker.chunk) {
            let outcome = Result { try worker.compute(format) }
            let goesOn = inTurn(of: worker.chunk) {
                try outcome.get()
                try write(worker)
            }
            guard goesOn else { return }
        }
    }

    /// Fills a chunk; nil if there is no more.
    private func take(_ chunk: InputChunk) -> LineFormat? {
        reading.withLock {
            guard reader.read(into: chunk) else { return nil }
            do {
                let format = try format ?? LineFormat(of: chunk, run.options, context)
                self.format = format
                if !reader.isAtEnd { startWorker() }
                return format
            } catch {
                _ = inTurn(of: chunk) { throw error }
                return nil
            }
        }
    }

    /// Waits for a chunk's turn to do something; false if the run has failed, then or before.
    private func inTurn(of chunk: InputChunk, _ body: () throws -> Void) -> Bool {
        condition.withLock {
            while turn != chunk.ordinal, failure == nil { condition.wait() }
            guard failure == nil else { return false }
            do { try body() } catch { failure = error }
            turn += 1
            condition.broadcast()
            return failure == nil
        }
    }

    private func write(_ worker: ChunkWorker<Run>) throws {
        progress.add(worker.lines.tally)
        guard writeAll(worker.lines.text.bytes, to: STDOUT_FILENO) else {
            throw CommandFailure.output(
                "standard output: \(systemError()); not all of \(progress.total.lines) results "
                    + "were written")
        }
        progress.show(position: worker.chunk.position, of: reader.size)
    }
}
