import NIOPosix

/// Runs tasks on the threads that read and write, each where it is woken: a connection's task then
/// shares the thread of its channel, and no request waits for another thread to take it over.
///
/// What blocks or computes for long must leave it: see `offEventLoops`.
final class EventLoopExecutor: TaskExecutor {
    private let group: MultiThreadedEventLoopGroup

    init(_ group: MultiThreadedEventLoopGroup) { self.group = group }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Of the loops the one that this thread runs, if it runs one.
        group.any().execute {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }

    /// Does something elsewhere, so that the connections of this thread go on meanwhile.
    static func offEventLoops<Result: Sendable>(
        _ body: @Sendable () async -> Result
    ) async -> Result {
        await withTaskExecutorPreference(globalConcurrentExecutor) { await body() }
    }
}
