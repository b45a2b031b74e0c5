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

    /// Takes a token for each request, if there is one at all: a batch may take more than are there,
    /// and those that come later wait for them.
    func admits(_ requests: Int = 1, of account: String, on plane: Plane) -> Bool {
        guard let rate = plane == .data ? limits.dataPlane : limits.controlPlane else {
            return true
        }
        let (key, token, now) = (Key(account: account, plane: plane), .seconds(1) / rate, now())
        return full.withLock { full in
            let start = max(full[key] ?? now, now)
            guard start + token <= now + .seconds(1) else { return false }
            full[key] = start + token * requests
            return true
        }
    }
}
