import Crypto
import EMVCryptogram
import HTTPTypes
import Logging

/// Both planes of the API, without their transport: who asks, for what, and the answer.
struct APIService: Sendable {
    private let authentication: Authentication
    let dataPlane: DataPlane
    private let controlPlane: ControlPlaneService
    private let rates: RateLimiter?
    private let now: @Sendable () -> UTCTime

    init(
        store: any KeyStore, authentication: Authentication, rates: RateLimiter? = nil,
        auditLog: AuditLog? = nil, logger: Logger,
        now: @escaping @Sendable () -> UTCTime = { UTCTime.current }
    ) throws(CryptogramError) {
        self.authentication = authentication
        dataPlane = try DataPlane(store: store)
        controlPlane = ControlPlaneService(store: store, auditLog: auditLog, logger: logger)
        self.rates = rates
        self.now = now
    }

    var loadedKeys: Int { dataPlane.loadedKeys }

    /// The answer, and who has asked, if that became known.
    nonisolated(nonsending)
        func respond(
            to request: HTTPRequest, _ route: Route, body: [UInt8], _ id: RequestID
        ) async -> (APIResponse, Caller?)
    {
        if case .data(let operation) = route {
            return respond(to: [.init(head: request, operation: operation, body: body)])[0]
        }
        let caller: Caller
        do throws(Refusal) {
            caller = try self.caller(of: request, body, on: route.plane)
        } catch {
            return (error.response, error.caller)
        }
        return (await respond(to: route, body, caller, id), caller)
    }

    /// The answers to requests of the data plane that came together, in their order, and who has
    /// asked.
    func respond(to requests: [SignedRequest]) -> [(APIResponse, Caller?)] {
        var admitted: [DataPlaneRequest] = []
        let refusals = requests.map { request -> Refusal? in
            do throws(Refusal) {
                let caller = try caller(of: request.head, request.body, on: .data)
                admitted.append(
                    DataPlaneRequest(
                        operation: request.operation, body: request.body, caller: caller))
                return nil
            } catch {
                return error
            }
        }
        var answers = zip(dataPlane.respond(to: admitted), admitted).map { ($0, $1.caller) }[...]
        return refusals.map { refusal in
            refusal.map { ($0.response, $0.caller) } ?? answers.removeFirst()
        }
    }

    /// What a request is answered with that does not come to its operation.
    private struct Refusal: Error {
        let response: APIResponse
        let caller: Caller?
    }

    private func caller(
        of request: HTTPRequest, _ body: [UInt8], on plane: Plane
    ) throws(Refusal) -> Caller {
        let caller: Caller
        do throws(AuthenticationError) {
            caller = try authentication.caller(of: request, body: body, now: now())
        } catch {
            throw Refusal(
                response: EdgeError.authentication(error).response(on: plane), caller: nil)
        }
        guard isAdmitted(caller, on: plane) else {
            throw Refusal(response: EdgeError.rateExceeded.response(on: plane), caller: caller)
        }
        return caller
    }

    private func isAdmitted(_ caller: Caller, on plane: Plane) -> Bool {
        rates?.admits(caller.account, on: plane) ?? true
    }

    nonisolated(nonsending)
        private func respond(
            to route: Route, _ body: [UInt8], _ caller: Caller, _ id: RequestID
        ) async -> APIResponse
    {
        switch route {
        case .unoffered: return EdgeError.unofferedOperation.response(on: .data)
        case .control(let operation):
            let actor = AuditActor.caller(caller, requestID: id.description)
            return APIResponse(await controlPlane.respond(to: operation, body: body, by: actor))
        case .health, .ready, .data, .verifyBatch, .unknown:
            return EdgeError.unknownOperation.response(on: route.plane)
        }
    }
}

/// A request of the data plane as it came.
struct SignedRequest: Sendable {
    let head: HTTPRequest
    let operation: DataPlaneOperation
    let body: [UInt8]
}

// What a batch needs: its signature is checked before its body is there.
extension APIService {
    func caller(
        byStatedHash request: HTTPRequest
    ) throws(EdgeError) -> (Caller, bodyHash: String) {
        do throws(AuthenticationError) {
            let hash = request.headerFields[.contentSHA256] ?? ""
            let caller = try authentication.caller(of: request, bodyHash: hash, now: now())
            return (caller, hash)
        } catch {
            throw .authentication(error)
        }
    }

    /// - Parameter stated: as the signed header has it.
    func check(_ hash: SHA256Digest, _ stated: String) throws(EdgeError) {
        guard authentication.isHash(stated, hash) else { throw .authentication(.mismatch) }
    }

    /// A batch begins like a request.
    func admit(_ caller: Caller) throws(EdgeError) {
        guard isAdmitted(caller, on: .data) else { throw .rateExceeded }
    }

    /// Each line counts as a request; the first was let in with the batch.
    func charge(_ lines: Int, _ caller: Caller) {
        rates?.charge(max(lines - 1, 0), of: caller.account, on: .data)
    }
}
