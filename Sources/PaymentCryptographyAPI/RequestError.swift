/// Why a request is refused before any key is looked at.
///
/// Messages name the place and what was expected there; they never repeat a value, which may be a
/// PAN, transaction data or a cryptogram.
///
/// AWS Payment Cryptography Data Plane API, common errors and ValidationException.
public enum RequestError: Error, Equatable, Sendable {
    /// Not JSON, a value of the wrong JSON type, a member given twice, or a union of which not
    /// exactly one member is set (AWS: `SerializationException`).
    ///
    /// The path is that of the member being read, empty where none is.
    case serialization(path: String, message: String)

    /// Every constraint that the members break, in the order of the API model (AWS:
    /// `ValidationException`).
    case validation([FieldError])

    /// The failures one by one; one for a serialization error.
    public var fields: [FieldError] {
        switch self {
        case .serialization(let path, let message): [FieldError(path: path, message: message)]
        case .validation(let fields): fields
        }
    }

    /// The whole reason in one line, as the AWS service words it.
    ///
    ///     2 validation errors detected. Value at '/TransactionData' failed to satisfy …; Value …
    public var message: String {
        switch self {
        case .serialization(_, let message):
            return message
        case .validation(let fields):
            let prefix =
                "\(fields.count) validation error\(fields.count == 1 ? "" : "s") detected. "
            return prefix + fields.map(\.message).joined(separator: "; ")
        }
    }
}

/// One broken constraint (AWS Payment Cryptography Data Plane API, ValidationExceptionField).
public struct FieldError: Equatable, Sendable {
    /// The JSON pointer of the member, such as `/AuthRequestCryptogram`.
    public let path: String

    /// What the member failed to satisfy, without its value.
    public let message: String

    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }
}
