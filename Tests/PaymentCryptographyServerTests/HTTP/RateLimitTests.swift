import Crypto
import HTTPTypes
import Synchronization
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct RateLimitTests {
    private static let known = KnownAnswer.visa.named

    /// A clock that only a test moves.
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { time.withLock { $0 } }
        func advance(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private static func limiter(_ limits: RateLimits, _ clock: Clock) throws -> RateLimiter {
        try #require(RateLimiter(limits) { clock.now })
    }

    private static func admitted(
        _ limiter: RateLimiter, of account: String = "a", on plane: Plane = .data
    ) -> Int {
        (0..<1_000).count { _ in limiter.admits(account, on: plane) }
    }

    /// A second's tokens at once; then those that have come, and never more than a second's.
    @Test(arguments: [1, 3, 7, 500])
    func bucket(rate: Int) throws {
        let clock = Clock()
        let limiter = try Self.limiter(RateLimits(dataPlane: rate), clock)
        #expect(Self.admitted(limiter) == rate)
        clock.advance(.seconds(1) / rate)
        #expect(Self.admitted(limiter) == 1)
        clock.advance(.seconds(1) / rate - .nanoseconds(1))
        #expect(Self.admitted(limiter) == 0)
        clock.advance(.nanoseconds(1))
        #expect(Self.admitted(limiter) == 1)
        clock.advance(.seconds(3600))
        #expect(Self.admitted(limiter) == rate)
    }

    @Test func accountsAndPlanes() throws {
        let limiter = try Self.limiter(.aws, Clock())
        #expect(Self.admitted(limiter) == 500)
        #expect(Self.admitted(limiter, on: .control) == 5)
        #expect(Self.admitted(limiter, of: "b") == 500)
        #expect(Self.admitted(limiter, of: "b", on: .control) == 5)
        let one = try Self.limiter(RateLimits(controlPlane: 1), Clock())
        #expect(Self.admitted(one) == 1_000)
        #expect(Self.admitted(one, on: .control) == 1)
        #expect(RateLimiter(RateLimits()) == nil)
    }

    /// A batch that is larger than a second's requests is let in, and paid for afterwards.
    @Test func batches() throws {
        let clock = Clock()
        let limiter = try Self.limiter(RateLimits(dataPlane: 10), clock)
        #expect(limiter.admits("a", on: .data))
        limiter.charge(49, of: "a", on: .data)
        clock.advance(.seconds(4))
        #expect(!limiter.admits("a", on: .data))
        clock.advance(.milliseconds(100))
        #expect(limiter.admits("a", on: .data))
        #expect(!limiter.admits("a", on: .data))
    }

    @Test func answers() async throws {
        let clock = Clock()
        let server = try TestServer(
            await TestStore.known(),
            rates: Self.limiter(RateLimits(dataPlane: 2, controlPlane: 1), clock))
        let list = HTTPFields([
            HTTPField(name: .amazonTarget, value: "PaymentCryptographyControlPlane.ListKeys")
        ])
        for _ in 0..<2 { #expect(try await server.verify(Self.known).status == 200) }
        let data = try await server.verify(Self.known)
        #expect(data.status == 429)
        #expect(data.errorType == "ThrottlingException")
        #expect(data.body == #"{"__type":"ThrottlingException","Message":"Rate exceeded"}"#)
        #expect(try await server.send("/", "{}", headers: list).status == 200)
        let control = try await server.send("/", "{}", headers: list)
        #expect(control.status == 400)
        #expect(control.errorType == "ThrottlingException")
        #expect(control.body == data.body)
        // Who has not signed takes nobody's tokens.
        clock.advance(.seconds(1))
        for _ in 0..<9 {
            #expect(
                try await server.send("/cryptogram/verify", "{}", signer: nil).status == 403)
        }
        #expect(try await server.verify(Self.known).status == 200)
    }

    /// Each line takes a token.
    @Test func batchAnswers() async throws {
        let clock = Clock()
        let server = try TestServer(
            await TestStore.known(), rates: Self.limiter(RateLimits(dataPlane: 2), clock))
        let body = Array(repeating: Self.known.json, count: 4).joined(separator: "\n")
        let hash = SHA256.hash(data: Array(body.utf8)).hex.lowercased()
        func send() async throws -> Int {
            try await server.send(
                "/cryptogram/verify-batch", body, headers: [.contentSHA256: hash]
            ).status
        }
        #expect(try await send() == 200)
        clock.advance(.seconds(1))
        #expect(try await send() == 429)
        clock.advance(.milliseconds(500))
        #expect(try await send() == 200)
    }

    @Test(arguments: [
        ("aws", RateLimits.aws), ("data=2000", RateLimits(dataPlane: 2_000)),
        ("control=1", RateLimits(controlPlane: 1)),
        ("control=20,data=1000000", RateLimits(dataPlane: 1_000_000, controlPlane: 20)),
    ])
    func texts(text: String, limits: RateLimits) {
        #expect(RateLimits(text) == limits)
    }

    @Test(arguments: [
        "", "500", "data", "data=", "data=0", "data=-1", "data=1000001", "data=1,", "data=1,data=2",
        "data=1,control=x", "other=1", "data=1=2", "AWS",
    ])
    func refusedTexts(text: String) {
        #expect(RateLimits(text) == nil)
    }
}
