/// What the issuer answers, to be put under a response cryptogram (ARPC) if the request verifies
/// [EMV Book 2, 8.2].
public struct AuthorizationResponse: Sendable, BitwiseCopyable {
    enum Method: UInt8 { case none, method1, method2 }

    let method: Method
    let proprietaryLength: UInt8
    /// The code of method 1 or what method 2 puts under the MAC, and zeros.
    let bytes: InlineArray<12, UInt8>

    /// No response cryptogram.
    public static let none = AuthorizationResponse(.none, 0, .init(repeating: 0))

    /// ARPC method 1: 8 bytes over the ARQC and the authorisation response code, 2 bytes as sent
    /// (the text "00" is 0x3030).
    public static func method1(code: UInt16) -> AuthorizationResponse {
        var bytes = InlineArray<12, UInt8>(repeating: 0)
        bytes[0] = UInt8(code >> 8)
        bytes[1] = UInt8(code & 0xFF)
        return AuthorizationResponse(.method1, 0, bytes)
    }

    /// ARPC method 2: 4 bytes over the ARQC, the card status update (CSU, 4 bytes) and 0 to 8
    /// bytes of proprietary authentication data.
    ///
    /// - Throws: `CryptogramError` with code `invalidProprietaryAuthenticationData`.
    public static func method2(
        cardStatusUpdate: UInt32, proprietaryAuthenticationData: Span<UInt8> = Span()
    ) throws(CryptogramError) -> AuthorizationResponse {
        guard proprietaryAuthenticationData.count <= 8 else {
            throw CryptogramError(
                .invalidProprietaryAuthenticationData,
                "proprietary authentication data: \(proprietaryAuthenticationData.count) bytes, "
                    + "0 to 8 expected")
        }
        var bytes = InlineArray<12, UInt8>(repeating: 0)
        for index in 0..<4 {
            bytes[index] = UInt8(truncatingIfNeeded: cardStatusUpdate >> UInt32(24 - 8 * index))
        }
        for index in proprietaryAuthenticationData.indices {
            bytes[4 + index] = proprietaryAuthenticationData[index]
        }
        return AuthorizationResponse(.method2, UInt8(proprietaryAuthenticationData.count), bytes)
    }

    /// Whether no response cryptogram is asked for.
    public var isNone: Bool { method == .none }

    private init(_ method: Method, _ proprietaryLength: UInt8, _ bytes: InlineArray<12, UInt8>) {
        self.method = method
        self.proprietaryLength = proprietaryLength
        self.bytes = bytes
    }

    static let stride = MemoryLayout<Self>.stride
    static let bytesOffset = MemoryLayout<Self>.offset(of: \.bytes)!

    /// The first two bytes of a response as they lie in memory.
    static func kind(_ method: Method, _ proprietaryLength: UInt8) -> UInt16 {
        assert(MemoryLayout<Self>.offset(of: \.proprietaryLength) == 1 && bytesOffset == 2)
        return (UInt16(method.rawValue) | UInt16(proprietaryLength) << 8).littleEndian
    }
}

/// A response cryptogram (ARPC): 8 bytes of method 1 or 4 bytes of method 2.
public struct ResponseCryptogram: Hashable, Sendable, CustomStringConvertible {
    /// The bytes as a big-endian number.
    public let value: UInt64
    /// 8 or 4.
    public let count: Int

    /// 16 or 8 upper-case hexadecimal digits.
    public var description: String {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
        return Hexadecimal.text(Array(bytes.reversed()).span)
    }
}

/// Whether a cryptogram is the one that the card's key makes.
public enum Verdict: UInt8, Sendable, BitwiseCopyable {
    case mismatch = 0
    case verified = 1
}

/// The outcome of one verification.
public struct VerificationResult: Sendable, BitwiseCopyable {
    public internal(set) var verdict: Verdict
    var responseLength: UInt8
    var response: UInt64

    /// To be overwritten.
    public init() {
        verdict = .mismatch
        responseLength = 0
        response = 0
    }

    /// Writes a result as it lies in memory, both words at once: 1 or 0 becomes the verdict as it
    /// stands, without a branch; of a mismatch no response is kept.
    static func write(
        to result: UnsafeMutablePointer<Self>, isVerified: UInt64, response: UInt64, length: UInt8
    ) {
        assert(MemoryLayout<Self>.size == 16 && MemoryLayout<Self>.offset(of: \.response) == 8)
        let verified = SIMD2((1 | UInt64(length) << 8).littleEndian, response)
        let kept = SIMD2(repeating: 0 &- isVerified)
        UnsafeMutableRawPointer(result).storeBytes(of: verified & kept, as: SIMD2<UInt64>.self)
    }

    /// The response cryptogram, if the request verified and one was asked for.
    public var responseCryptogram: ResponseCryptogram? {
        guard responseLength > 0 else { return nil }
        let value = UInt64(bigEndian: response) >> UInt64(64 - 8 * Int(responseLength))
        return ResponseCryptogram(value: value, count: Int(responseLength))
    }
}
