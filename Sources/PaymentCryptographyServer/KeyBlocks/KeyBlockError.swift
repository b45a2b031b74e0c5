/// Why a key block is refused. Whatever is wrong behind the header looks the same: the difference
/// would help to forge one.
enum KeyBlockError: Error, Equatable {
    /// The header cannot be read: where and why.
    case malformed(String)
    /// The block was not made under this key, or has been changed.
    case notAuthentic
    /// A key of this kind cannot be written in such a block.
    case unsupported(String)

    var message: String {
        switch self {
        case .malformed(let reason): "WrappedKeyBlock: \(reason)"
        case .notAuthentic: "WrappedKeyBlock could not be unwrapped with the wrapping key"
        case .unsupported(let reason): reason
        }
    }
}
