// Single keys of the chain, for tools and for hosts that keep card keys: the same derivations as a
// batch's, in one lane.

extension EMVKey where Level == IssuerMasterLevel {
    /// Derives the card's key [EMV Book 2, A1.4].
    ///
    /// Under 0123456789ABCDEFFEDCBA9876543210, PAN 99012345678901234 with sequence number 45 gives
    /// 67F8292358083E5EA7AB7FDA58D53B6B by option A (with odd parity).
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public func iccMasterKey(
        pan: PAN, sequenceNumber: PANSequenceNumber = .absent,
        derivation: MasterKeyDerivation = .optionA, backend: Backend? = nil
    ) throws(CryptogramError) -> ICCMasterKey {
        let scheme = CryptogramScheme(
            masterKeyDerivation: derivation, sessionKeyDerivation: .emvCommon)
        guard key.algorithm == scheme.algorithm else {
            throw CryptogramError(
                .invalidKey, "\(key.algorithm) key, one for \(scheme.algorithm) expected")
        }
        let workspace = Workspace(try Backend.choose(backend).kernel, key.algorithm)
        let request = CryptogramRequest(
            account: AccountDigits(pan, sequenceNumber), transaction: TransactionNumbers(0, 0),
            scheme: 0, key: KeyReference(index: 0), received: ApplicationCryptogram(0))
        withUnsafeBytes(of: request) {
            let requests = Rows(base: $0.baseAddress!, count: 1)
            workspace.loadNumbers(requests)
            if derivation == .optionB { workspace.loadHashes(requests) }
        }
        workspace.prepare(workspace.issuerKey, key)
        workspace.deriveCardKey(keyBytes: scheme.keyBytes)
        return try EMVKey<ICCMasterLevel>(
            workspace.storedKey(workspace.cardHalves, byteCount: scheme.keyBytes))
    }
}

extension EMVKey where Level == ICCMasterLevel {
    /// Derives the key of one transaction.
    ///
    /// Under 0123456789ABCDEFFEDCBA9876543210, ATC 001C gives E9FB384AF807B940FEDCEA613461B0C4 by
    /// the EMV common method (with odd parity).
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public func sessionKey(
        _ method: SessionKeyDerivation, counter: ApplicationTransactionCounter,
        unpredictableNumber: UnpredictableNumber = 0, backend: Backend? = nil
    ) throws(CryptogramError) -> SessionKey {
        guard key.algorithm == .tdes || method == .emvCommon else {
            throw CryptogramError(
                .invalidKey, "aes key: EMV common is the only session key derivation for it")
        }
        let transaction = TransactionNumbers(counter, unpredictableNumber)
        return try withUnsafeBytes(of: transaction) { (bytes) throws(CryptogramError) in
            let length = key.algorithm == .aes ? 2 : bytes.count
            return try sessionKey(from: .init(rebasing: bytes[..<length]), backend) { workspace in
                if case .emv2000(let tree) = method {
                    tree.writeDigits(of: counter.value, to: workspace.rows)
                }
                workspace.deriveSessionKey(method, keyBytes: key.count, rows: 1)
            }
        }
    }

    func sessionKey(
        from diversifier: UnsafeRawBufferPointer, _ backend: Backend?,
        _ derive: (Workspace) -> Void
    ) throws(CryptogramError) -> SessionKey {
        let workspace = Workspace(try Backend.choose(backend).kernel, key.algorithm)
        workspace.cipher.fill(
            workspace.transaction, diversifier.baseAddress!, length: diversifier.count)
        workspace.prepare(workspace.cardKey, key, halves: workspace.cardHalves)
        derive(workspace)
        return try EMVKey<SessionLevel>(
            workspace.storedKey(workspace.sessionHalves, byteCount: key.count))
    }
}

extension EMVKey where Level == ICCMasterLevel {
    /// Derives an EMV common session key from any diversification value R, 8 bytes as a big-endian
    /// number: issuer scripts take the ARQC [EMV Book 2, A1.3.1].
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`, or `invalidKey` for an AES key.
    public func commonSessionKey(
        diversifier: UInt64, backend: Backend? = nil
    ) throws(CryptogramError) -> SessionKey {
        guard key.algorithm == .tdes else {
            throw CryptogramError(.invalidKey, "aes key, a tdes key expected")
        }
        return try withUnsafeBytes(of: diversifier.bigEndian) { (bytes) throws(CryptogramError) in
            try sessionKey(from: bytes, backend) { $0.deriveScriptKey() }
        }
    }
}

extension EMVKey where Level: ResponseLevelMarker {
    /// The response cryptogram (ARPC) under this key, for an ARQC that was verified elsewhere:
    /// nil for `AuthorizationResponse.none`. Method 2 has the scheme's MAC algorithm.
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public func responseCryptogram(
        to cryptogram: ApplicationCryptogram, _ response: AuthorizationResponse,
        macAlgorithm: MACAlgorithm = .algorithm3, backend: Backend? = nil
    ) throws(CryptogramError) -> ResponseCryptogram? {
        guard response.method != .none else { return nil }
        let workspace = Workspace(try Backend.choose(backend).kernel, key.algorithm)
        withUnsafeBytes(of: cryptogram.stored) {
            workspace.cipher.fill(workspace.received, $0.baseAddress!, length: 8)
        }
        workspace.prepare(workspace.sessionKey, key)
        let count = withUnsafeBytes(of: response.bytes) {
            workspace.computeResponse(
                response.method, Rows(base: $0.baseAddress!, count: 1),
                proprietaryLength: Int(response.proprietaryLength), macAlgorithm,
                under: workspace.sessionKey)
        }
        workspace.cipher.store(workspace.computed, to: workspace.rows, count: 1, length: 8)
        return workspace.storedResponse(count: count)
    }
}

extension Workspace {
    func prepare(
        _ prepared: SlicedBlocks, _ key: borrowing CipherKey, halves: SlicedBlocks? = nil
    ) {
        let halves = halves ?? keyHalves
        cipher.fill(halves, key.secret.start, length: key.count)
        cipher.prepare(prepared, halves, keyBytes: key.count)
    }

    /// The response of lane 0.
    fileprivate func storedResponse(count: Int) -> ResponseCryptogram {
        let value = UInt64(bigEndian: rows.load(as: UInt64.self))
        return ResponseCryptogram(value: value >> UInt64(64 - 8 * count), count: count)
    }

    /// The key of lane 0.
    fileprivate func storedKey(
        _ halves: SlicedBlocks, byteCount: Int
    ) throws(CryptogramError) -> CipherKey {
        let secret = SecretBytes(count: byteCount)
        cipher.store(halves, to: secret.start, count: 1, length: byteCount)
        return try CipherKey(algorithm, secret)
    }
}
