// Issuer scripts [EMV Book 2, 9]: session keys, MACs and enciphered data, one command at a time.

extension EMVKey where Level == ICCMasterLevel {
    /// Derives the session key of a script's command from the card's key for integrity (MK-SMI) or
    /// for confidentiality (MK-SMC).
    ///
    /// Under 0123456789ABCDEFFEDCBA9876543210, ATC 001C gives 0123456789ABCDF2FEDCBA987654CDF2 by
    /// Visa's method (with odd parity).
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`, or `invalidKey` for an AES key.
    public func scriptKey(
        _ derivation: ScriptKeyDerivation, for transaction: ScriptTransaction,
        backend: Backend? = nil
    ) throws(CryptogramError) -> SessionKey {
        guard key.algorithm == .tdes else { throw .notTDES }
        let cryptogram = transaction.cryptogram.value
        switch derivation {
        case .visa:
            let counter = transaction.counter.value.bigEndian
            return try withUnsafeBytes(of: counter) { (bytes) throws(CryptogramError) in
                try sessionKey(from: bytes, backend) { $0.deriveVisaScriptKey() }
            }
        case .emvCommon: return try commonSessionKey(diversifier: cryptogram, backend: backend)
        case .emvCommonCounting:
            return try commonSessionKey(
                diversifier: cryptogram &+ UInt64(transaction.precedingCommands),
                backend: backend)
        case .unionPay:
            return try sessionKey(.unionPay, counter: transaction.counter, backend: backend)
        }
    }
}

extension EMVKey where Level == SessionLevel {
    /// The most data of a command, in bytes: Lc and Visa's length are each one byte.
    static var mostCommandData: Int { 255 }

    /// The MAC of a script's command under this session key for integrity (SK-SMI) [EMV Book 2,
    /// 9.2].
    ///
    /// Under 94F867167C64EF23EAB0CB627A7ACB62, header 8418000008, ATC 001C and ARQC
    /// 29CCA15AE665FA2E give DB56BA60087CEFD3 by Visa's scheme.
    ///
    /// - Parameters:
    ///   - header: the command's header.
    ///   - data: the command's data as they are sent, 0 to 255 bytes.
    ///   - transaction: the transaction that the script answers.
    ///   - scheme: says what the MAC is over, and its length.
    /// - Throws: `CryptogramError` with code `invalidCommandData`, `backendUnavailable`, or
    ///   `invalidKey` for an AES key.
    public func commandMAC(
        _ header: CommandHeader, data: Span<UInt8> = Span(), in transaction: ScriptTransaction,
        scheme: SecureMessagingScheme, backend: Backend? = nil
    ) throws(CryptogramError) -> CommandMAC {
        guard data.count <= Self.mostCommandData else {
            throw CryptogramError(
                .invalidCommandData, "command data: \(data.count) bytes, 0 to 255 expected")
        }
        let message = MessageBytes(capacity: CommandHeader.count + 10 + data.count)
        message.append(header.bytes.span)
        if scheme.macInput == .headerTransactionData {
            message.append(transaction.counter.value)
            message.append(transaction.cryptogram.value)
        }
        message.append(data)
        return try message.withBytes { (bytes) throws(CryptogramError) in
            try mac(bytes, scheme.macLength, backend)
        }
    }

    /// The MAC of any message under this session key for integrity, padded by method 2: for what a
    /// `SecureMessagingScheme` does not say, as the chaining of MACs.
    ///
    /// - Parameter message: 1 to 512 bytes.
    /// - Throws: `CryptogramError` with code `invalidCommandData`, `backendUnavailable`, or
    ///   `invalidKey` for an AES key.
    public func commandMAC(
        over message: Span<UInt8>, length: CommandMACLength = .bytes8, backend: Backend? = nil
    ) throws(CryptogramError) -> CommandMAC {
        guard (1...Workspace.longestData).contains(message.count) else {
            throw CryptogramError(
                .invalidCommandData, "message: \(message.count) bytes, 1 to 512 expected")
        }
        return try message.withUnsafeBytes { (bytes) throws(CryptogramError) in
            try mac(bytes, length, backend)
        }
    }

    private func mac(
        _ message: UnsafeRawBufferPointer, _ length: CommandMACLength, _ backend: Backend?
    ) throws(CryptogramError) -> CommandMAC {
        let workspace = try workspace(backend)
        let blocks = workspace.fillMessage(message, .method2)
        workspace.cipher.macAlgorithm3(
            workspace.computed, workspace.message, count: blocks, workspace.sessionKey)
        return CommandMAC(
            bytes: workspace.stored(workspace.computed, byteCount: length.bytes))
    }

    /// Enciphers a command's data under this session key for confidentiality (SK-SMC) [EMV Book 2,
    /// 9.3].
    ///
    /// Under 52E0E0B692027FD59170C7B6D3BCB5D0, 049999FFC4B001F1 gives
    /// D421231A6FD2F0FAEE671384F0D3A7B9 with length and ECB.
    ///
    /// - Parameter data: 1 to 255 bytes, whose owner wipes them.
    /// - Returns: whole blocks of 8 bytes.
    /// - Throws: `CryptogramError` with code `invalidCommandData`, `backendUnavailable`, or
    ///   `invalidKey` for an AES key.
    public func enciphered(
        _ data: Span<UInt8>, _ encipherment: DataEncipherment, backend: Backend? = nil
    ) throws(CryptogramError) -> [UInt8] {
        guard (1...Self.mostCommandData).contains(data.count) else {
            throw CryptogramError(
                .invalidCommandData, "data to encipher: \(data.count) bytes, 1 to 255 expected")
        }
        let workspace = try workspace(backend)
        let message = MessageBytes(capacity: 1 + data.count)
        if encipherment == .lengthAndECB { message.append(UInt8(data.count)) }
        message.append(data)
        let padding = encipherment.padding(dataCount: message.count)
        let blocks = message.withBytes { workspace.fillMessage($0, padding) }
        workspace.encipherMessage(blocks: blocks, chained: encipherment != .lengthAndECB)
        return workspace.stored(
            workspace.message, byteCount: blocks * workspace.cipher.blockBytes)
    }

    /// Enciphers a PIN block under this session key for confidentiality (SK-SMC).
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`, or `invalidKey` for an AES key.
    public func enciphered(
        _ block: borrowing PINBlock, _ encipherment: DataEncipherment, backend: Backend? = nil
    ) throws(CryptogramError) -> [UInt8] {
        let bytes = block.secret.bytes.bindMemory(to: UInt8.self)
        return try enciphered(bytes.span, encipherment, backend: backend)
    }

    private func workspace(_ backend: Backend?) throws(CryptogramError) -> Workspace {
        guard key.algorithm == .tdes else { throw .notTDES }
        let workspace = Workspace(try Backend.choose(backend).kernel, .tdes)
        workspace.prepare(workspace.sessionKey, key)
        return workspace
    }
}

extension CryptogramError {
    /// Secure messaging with AES is not among the schemes.
    fileprivate static var notTDES: CryptogramError {
        CryptogramError(.invalidKey, "aes key, a tdes key expected: scripts are secured by TDES")
    }
}

extension DataEncipherment {
    fileprivate func padding(dataCount: Int) -> Padding {
        switch self {
        case .cbcPadded: .method2
        case .lengthAndECB, .cbc: dataCount.isMultiple(of: 8) ? .none : .method2
        }
    }
}

extension Workspace {
    /// Brings a message into lane 0 with its padding; returns the number of its blocks.
    fileprivate func fillMessage(_ bytes: UnsafeRawBufferPointer, _ padding: Padding) -> Int {
        cipher.fill(message, bytes.baseAddress!, length: bytes.count)
        return cipher.pad(message, length: bytes.count, padding)
    }

    /// Encrypts the message in place, by ECB or by CBC from a zero block.
    fileprivate func encipherMessage(blocks: Int, chained: Bool) {
        guard chained else {
            cipher.encrypt(message, message, count: blocks, sessionKey)
            return
        }
        // `computed` is zero in new memory.
        for index in 0..<blocks {
            let block = message + index * cipher.slicedBytes
            cipher.chain(computed, block, count: 1, sessionKey)
            copy(computed, to: block, count: 1)
        }
    }

    /// The first bytes of lane 0, which are no secret.
    fileprivate func stored(_ blocks: SlicedBlocks, byteCount: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { bytes, count in
            cipher.store(blocks, to: bytes.baseAddress!, count: 1, length: byteCount)
            count = byteCount
        }
    }
}

/// A message that is put together in memory for secrets.
private final class MessageBytes {
    private let memory: SecretBytes
    private(set) var count = 0

    init(capacity: Int) { memory = SecretBytes(count: capacity) }

    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeRawBufferPointer(rebasing: memory.bytes[..<count]))
    }

    func append(_ bytes: Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }

    func append(_ number: some FixedWidthInteger) {
        let size = number.bitWidth / 8
        withUnsafeBytes(of: number.bigEndian) { bytes in
            (memory.start + count).copyMemory(from: bytes.baseAddress!, byteCount: size)
        }
        count += size
    }
}
