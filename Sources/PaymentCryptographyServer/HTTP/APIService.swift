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
        let caller: Caller
        do throws(AuthenticationError) {
            caller = try authentication.caller(of: request, body: body, now: now())
        } catch {
            return (EdgeError.authentication(error).response(on: route.plane), nil)
        }
        guard isAdmitted(caller, on: route.plane) else {
            return (EdgeError.rateExceeded.response(on: route.plane), caller)
        }
        return (await respond(to: route, body, caller, id), caller)
    }

    private func isAdmitted(_ caller: Caller, on plane: Plane, requests: Int = 1) -> Bool {
        rates?.admits(requests, of: caller.account, on: plane) ?? true
    }

    nonisolated(nonsending)
        private func respond(
            to route: Route, _ body: [UInt8], _ caller: Caller, _ id: RequestID
        ) async -> APIResponse
    {
        switch route {
        case .data(let operation):
            return await dataPlane.respond(to: operation, body: body, caller: caller)
        case .unoffered: return EdgeError.unofferedOperation.response(on: .data)
        case .control(let operation):
            let actor = AuditActor.caller(caller, requestID: id.description)
            return APIResponse(await controlPlane.respond(to: operation, body: body, by: actor))
        case .health, .ready, .verifyBatch, .unknown:
            return EdgeError.unknownOperation.response(on: route.plane)
        }
    }
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

    /// - Parameter hash: as the signed header has it.
    func check(_ body: [UInt8], _ hash: String) throws(EdgeError) {
        guard authentication.isHash(hash, of: body) else { throw .authentication(.mismatch) }
    }

    /// Each line counts as a request.
    func checkRate(_ body: [UInt8], _ caller: Caller) throws(EdgeError) {
        let feeds = body.count { $0 == UInt8(ascii: "\n") }
        let lines = body.last == UInt8(ascii: "\n") ? feeds : feeds + 1
        guard isAdmitted(caller, on: .data, requests: lines) else { throw .rateExceeded }
    }

    nonisolated(nonsending)
        func verify(lines: ArraySlice<UInt8>, _ caller: Caller) async -> [UInt8]
    {
        await dataPlane.verify(lines: lines, caller)
    }
}
