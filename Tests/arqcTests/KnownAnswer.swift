import TestVectors
import Testing

typealias KnownAnswer = TestVectors.KnownAnswer
typealias TestKey = TestVectors.TestKey

extension KnownAnswer: CustomTestStringConvertible {
    public var testDescription: String { "\(request.member) \(cryptogram)" }
}
