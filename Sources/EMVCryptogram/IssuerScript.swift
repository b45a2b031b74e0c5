// The parts of a command of an issuer script, right from their initialisation on.

/// The transaction that an issuer script answers, and a command's place in the script.
public struct ScriptTransaction: Sendable {
    /// The card's counter in the transaction.
    public var counter: ApplicationTransactionCounter
    /// The transaction's ARQC.
    public var cryptogram: ApplicationCryptogram
    /// How many commands of the script came before: 0 for the first.
    public var precedingCommands: UInt16

    public init(
        counter: ApplicationTransactionCounter, cryptogram: ApplicationCryptogram,
        precedingCommands: UInt16 = 0
    ) {
        self.counter = counter
        self.cryptogram = cryptogram
        self.precedingCommands = precedingCommands
    }
}

extension ScriptTransaction: NotShown {}

/// A command's header: CLA, INS, P1, P2 and Lc, 5 bytes [ISO/IEC 7816-4].
///
///     let pinChange = try CommandHeader([0x84, 0x24, 0x00, 0x02, 0x10])
public struct CommandHeader: Sendable {
    /// The length of a header in bytes.
    public static let count = 5

    let bytes: InlineArray<5, UInt8>

    /// - Parameter bytes: 5 bytes; Lc counts the command's data and its MAC.
    /// - Throws: `CryptogramError` with code `invalidCommandHeader`.
    public init(_ bytes: [UInt8]) throws(CryptogramError) {
        guard bytes.count == Self.count else {
            throw CryptogramError(
                .invalidCommandHeader,
                "command header: \(bytes.count) bytes, 5 expected (CLA INS P1 P2 Lc)")
        }
        self.bytes = InlineArray { bytes[$0] }
    }

    /// What Lc says: the bytes that follow.
    public var lengthOfData: Int { Int(bytes[4]) }

    /// The command as it is sent: header ‖ data ‖ MAC.
    ///
    /// - Parameters:
    ///   - data: the command's data, enciphered where they are to be.
    ///   - mac: the command's MAC.
    public func command(_ data: [UInt8], _ mac: CommandMAC) -> [UInt8] {
        bytes.indices.map { bytes[$0] } + data + mac.bytes
    }
}

/// The length of a command's MAC: 4 to 8 bytes [EMV Book 2, 9.2.1].
public struct CommandMACLength: Hashable, Sendable {
    /// 4 to 8.
    public let bytes: Int

    public static let bytes4 = CommandMACLength(unchecked: 4)
    public static let bytes8 = CommandMACLength(unchecked: 8)

    private init(unchecked bytes: Int) { self.bytes = bytes }

    /// - Throws: `CryptogramError` with code `invalidMACLength` outside 4 to 8.
    public init(_ bytes: Int) throws(CryptogramError) {
        guard (4...8).contains(bytes) else {
            throw CryptogramError(.invalidMACLength, "MAC: \(bytes) bytes, 4 to 8 expected")
        }
        self.bytes = bytes
    }
}

/// The MAC of a command: 4 to 8 bytes, the leftmost of those computed.
public struct CommandMAC: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Two upper-case hexadecimal digits a byte.
    public var description: String { Hexadecimal.text(bytes.span) }
}
