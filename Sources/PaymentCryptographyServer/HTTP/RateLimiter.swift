import Synchronization

/// A token bucket for each account and plane: a second's requests at once, then one whenever a
/// token has come.
final class RateLimiter: Sendable {
    private struct Key: Hashable {
        let account: String
        let plane: Plane
    }

    private let limits: RateLimits
    private let now: @Sendable () -> ContinuousClock.Instant
    /// When each bucket is full again: as much later than now as tokens are missing.
    private let full = Mutex<[Key: ContinuousClock.Instant]>([:])

    /// nil where nothing is limited, so that no request has to ask.
    init?(
        _ limits: RateLimits,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        guard limits != RateLimits() else { return nil }
        self.limits = limits
        self.now = now
    }

    /// Takes a token, if there is one.
    func admits(_ account: String, on plane: Plane) -> Bool {
        take(1, account, plane) { start, token, now in start + token <= now + .seconds(1) }
    }

    /// Takes tokens for what was let in already; those that come later wait for what is missing.
    func charge(_ requests: Int, of account: String, on plane: Plane) {
        _ = take(requests, account, plane) { _, _, _ in true }
    }

    private func take(
        _ requests: Int, _ account: String, _ plane: Plane,
        if isAllowed: (ContinuousClock.Instant, Duration, ContinuousClock.Instant) -> Bool
    ) -> Bool {
        guard let rate = plane == .data ? limits.dataPlane : limits.controlPlane else {
            return true
        }
        let (key, token, now) = (
            Key(account: account, plane: plane), Duration.seconds(1) / rate, now()
        )
        return full.withLock { full in
            let start = max(full[key] ?? now, now)
            guard isAllowed(start, token, now) else { return false }
            full[key] = start + token * requests
            return true
        }
    }
}
