import PaymentCryptographyAPI

/// An operation of the control plane: reads its request, performs it, writes its answer.
struct ControlPlaneOperation: Sendable {
    private let perform:
        @Sendable (ControlPlaneService, [UInt8]) async throws(ControlPlaneError) -> JSONObject

    init<Input: ControlPlaneInput, Output: ControlPlaneOutput>(
        _ perform:
            @escaping @Sendable (ControlPlaneService, Input) async throws(ControlPlaneError) ->
            Output
    ) {
        self.perform = { (service, body) async throws(ControlPlaneError) in
            let input = try Self.input(body, as: Input.self)
            return try await perform(service, input).json
        }
    }

    /// An operation that the API has and this server does not offer.
    init(refusal: String) {
        perform = { (_, _) throws(ControlPlaneError) in throw .validation(refusal) }
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
        _ service: ControlPlaneService, _ body: [UInt8]
    ) async throws(ControlPlaneError) -> JSONObject {
        try await perform(service, body)
    }
}
