/// The operations of the data plane that this server has.
enum DataPlaneOperation: String, CaseIterable, Sendable {
    case generateAuthRequestCryptogram = "GenerateAuthRequestCryptogram"
    case verifyAuthRequestCryptogram = "VerifyAuthRequestCryptogram"

    /// - Parameter path: of the request, without its query.
    init?(path: Substring) {
        switch path {
        case "/cryptogram/generate": self = .generateAuthRequestCryptogram
        case "/cryptogram/verify": self = .verifyAuthRequestCryptogram
        default: return nil
        }
    }
}
