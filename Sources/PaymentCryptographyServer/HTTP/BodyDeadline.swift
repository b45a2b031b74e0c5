import NIOCore

/// Closes a connection whose request does not come to its end in time.
struct BodyDeadline {
    private let task: Scheduled<Void>?

    init(_ channel: (any Channel)?, seconds: Int) {
        task = channel.map { channel in
            channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
                channel.close(promise: nil)
            }
        }
    }

    func cancel() { task?.cancel() }
}
