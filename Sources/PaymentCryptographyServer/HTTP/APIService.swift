import EMVCryptogram
import HTTPTypes
import Logging

/// Both planes of the API, without their transport: who asks, for what, and the answer.
struct APIService: Sendable {
    private let authentication: Authentication
    let dataPlane: DataPlane
    private let controlPlane: ControlPlaneService
    private let now: @Sendable () -> UTCTime

    init(
        store: any KeyStore, authentication: Authentication, logger: Logger,
        now: @escaping @Sendable () -> UTCTime = { UTCTime.current }
    ) throws(CryptogramError) {
        self.authentication = authentication
        dataPlane = try DataPlane(store: store)
        controlPlane = ControlPlaneService(store: store, logger: logger)
        self.now = now
    }

    var loadedKeys: Int { dataPlane.loadedKeys }

    /// The answer, and who has asked, if that became known.
    nonisolated(nonsending)
        func respond(
            to request: HTTPRequest, _ route: Route, body: [UInt8]
        ) async -> (APIResponse, Caller?)
    {
        let caller: Caller
        do throws(AuthenticationError) {
            caller = try authentication.caller(of: request, body: body, now: now())
        } catch {
            return (EdgeError.authentication(error).response(on: route.plane), nil)
        }
        return (await respond(to: route, body, caller), caller)
    }

    nonisolated(nonsending)
        private func respond(to route: Route, _ body: [UInt8], _ caller: Caller) async
        -> APIResponse
    {
        switch route {
        case .data(let operation):
            return await dataPlane.respond(to: operation, body: body, caller: caller)
        case .unoffered(let operation): return operation.refusal.response
        case .control(let operation):
            guard caller.allowedActions.contains(operation) else {
                let message = caller.refusal(of: operation, on: "*")
                return EdgeError.accessDenied(message).response(on: .control)
            }
            return APIResponse(await controlPlane.respond(to: operation, body: body))
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

    nonisolated(nonsending)
        func verify(lines: ArraySlice<UInt8>, _ caller: Caller) async -> [UInt8]
    {
        await dataPlane.verify(lines: lines, caller)
    }
}
