/// What one request, or all at a time, may take.
public struct ServerLimits: Sendable {
    /// In bytes: the largest request of the data plane has some 2,000.
    public var dataPlaneBody = 16 * 1024

    /// In bytes: certificates, key blocks and policies have tens of thousands.
    public var controlPlaneBody = 256 * 1024

    /// In bytes, of one to verify-batch: some 100,000 requests. It is kept until it is answered, as
    /// its signature is over all of it.
    public var batchBody = 64 * 1024 * 1024

    /// In bytes, of a batch's answers: some 200 for a request, but a thousand where it lacks all that
    /// it should have, however few bytes that takes.
    public var batchAnswer = 128 * 1024 * 1024

    /// How many batches may be under way; more are told to try again.
    public var concurrentBatches = 4

    /// As `bodySeconds`, for a batch; and how long a client may take no answers.
    public var batchSeconds = 120

    /// In bytes, all of a request's.
    public var headers = 32 * 1024

    /// From the head of a request to the end of its body, in seconds.
    public var bodySeconds = 10

    /// How long a connection may stand without a request, in seconds.
    public var idleSeconds = 60

    /// How many requests may be under way on each plane; more are told to try again.
    public var concurrentRequests = 1024

    /// How many connections may be open; more wait to be accepted.
    public var connections = 4096

    /// How many requests an account may make in a second; more are told to try again.
    public var rates = RateLimits()

    public init() {}

    func body(on plane: Plane) -> Int { plane == .data ? dataPlaneBody : controlPlaneBody }
}
