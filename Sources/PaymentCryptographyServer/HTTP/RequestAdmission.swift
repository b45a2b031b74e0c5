import Synchronization

/// Counts the requests under way and lets in no more than a limit.
final class RequestAdmission: Sendable {
    private let limit: Int
    private let count = Atomic(0)

    init(limit: Int) { self.limit = limit }

    /// How many requests are under way.
    var current: Int { count.load(ordering: .relaxed) }

    /// The right to begin one more, which is under way as long as somebody holds that; nil if there
    /// are too many.
    func admit() -> Ticket? {
        guard count.add(1, ordering: .relaxed).newValue > limit else { return Ticket(self) }
        count.subtract(1, ordering: .relaxed)
        return nil
    }

    final class Ticket: Sendable {
        private let admission: RequestAdmission

        fileprivate init(_ admission: RequestAdmission) { self.admission = admission }

        deinit { admission.count.subtract(1, ordering: .relaxed) }
    }
}
