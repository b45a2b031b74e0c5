import PaymentCryptographyAPI

/// An operation of the control plane: reads its request, performs it, writes its answer.
struct ControlPlaneOperation: Sendable {
    /// Whether it changes something, or has a key leave.
    let changes: Bool
    private let perform:
        @Sendable (ControlPlaneService, [UInt8], inout AuditRecord) async throws(ControlPlaneError)
            -> JSONObject

    /// - Parameter changes: false for one that only tells what is there.
    init<Input: ControlPlaneInput, Output: ControlPlaneOutput>(
        changes: Bool = true,
        _ perform:
            @escaping @Sendable (ControlPlaneService, Input) async throws(ControlPlaneError) ->
            Output
    ) {
        self.changes = changes
        self.perform = { (service, body, record) async throws(ControlPlaneError) in
            let input = try Self.input(body, as: Input.self)
            await record.name(input.resources, in: service.store)
            if changes { try await service.audit(record, .started) }
            let output = try await perform(service, input)
            record.name(output.resources)
            return output.json
        }
    }

    /// An operation whose every request is one for what this server does not have.
    init(refusal: String) { self.init(error: .validation(refusal)) }

    /// An operation that came into the API later, as a service that is older answers it.
    static let unoffered = ControlPlaneOperation(error: .unofferedOperation)

    private init(error: ControlPlaneError) {
        changes = false
        perform = { (_, _, _) throws(ControlPlaneError) in throw error }
    }

    private static func input<Input: ControlPlaneInput>(
        _ body: [UInt8], as type: Input.Type
    ) throws(ControlPlaneError) -> Input {
        do throws(RequestError) {
            return try Input(json: body.span)
        } catch {
            throw ControlPlaneError(error)
        }
    }

    func callAsFunction(
        _ service: ControlPlaneService, _ body: [UInt8], _ record: inout AuditRecord
    ) async throws(ControlPlaneError) -> JSONObject {
        try await perform(service, body, &record)
    }
}
