/// The chain of one tile: at most as many records as the backend has lanes, all of one group.
///
/// Reads top to bottom as EMV does: ICC master key, session key, cryptogram, verdict, response.
struct CryptogramTile {
    let batch: CryptogramBatch
    let group: RecordGroup
    let scheme: CryptogramScheme
    let count: Int

    private var workspace: Workspace { batch.workspace }
    private var cipher: LaneCipher { workspace.cipher }

    /// The workspace's `records` name the record in each lane, in ascending order.
    func compute() {
        locate()
        loadKeys()
        deriveCardKey()
        deriveSessionKey()
        computeCryptogram()
        switch batch.work {
        case .generate(let cryptograms): storeCryptograms(cryptograms)
        case .verify(let results): verify(results)
        }
    }

    /// Says where the rows of each lane lie, in bytes from the tile's first record.
    private func locate() {
        for lane in 0..<count {
            let request = batch.requests.baseAddress! + workspace.records[lane]
            let position = UInt32(workspace.records[lane] - workspace.records[0])
            workspace.requestOffsets[lane] = position * UInt32(CryptogramRequest.stride)
            workspace.responseOffsets[lane] = position * UInt32(AuthorizationResponse.stride)
            // Both were checked. Memory that others can write to may have changed since: these
            // bounds keep the kernel's reads in place all the same.
            let key = min(Int(request.pointee.key), batch.levels.count - 1)
            let lastOffset = batch.data.count - Int(group.dataLength)
            workspace.keyOffsets[lane] = UInt32(key * KeyTable.keyBytes)
            workspace.dataOffsets[lane] = UInt32(min(Int(request.pointee.dataOffset), lastOffset))
        }
    }

    private func request(_ lane: Int) -> CryptogramRequest {
        batch.requests[workspace.records[lane]]
    }

    private func requestRows(_ field: Int) -> Rows {
        let requests = UnsafeRawPointer(batch.requests.baseAddress! + workspace.records[0])
        return Rows(base: requests + field, offsets: workspace.requestOffsets, count: count)
    }

    /// The keys of the lanes into `keyHalves`.
    private func loadKeys() {
        let offsets = workspace.keyOffsets
        let source = batch.engine.keys.start
        if (1..<count).allSatisfy({ offsets[$0] == offsets[0] }) {
            cipher.fill(
                workspace.keyHalves, source + Int(offsets[0]), length: KeyTable.keyBytes)
        } else {
            let rows = Rows(base: source, offsets: offsets, count: count)
            cipher.load(workspace.keyHalves, rows, length: KeyTable.keyBytes)
        }
    }

    private func deriveCardKey() {
        guard group.level == .issuerMasterKey else {
            workspace.copyKey(workspace.keyHalves, to: workspace.cardHalves)
            return
        }
        cipher.prepare(workspace.issuerKey, workspace.keyHalves, keyBytes: KeyTable.keyBytes)
        switch scheme.masterKeyDerivation {
        case .optionA:
            cipher.load(workspace.input, requestRows(CryptogramRequest.optionAOffset), length: 8)
        case .optionB:
            for lane in 0..<count {
                let input = request(lane).account.optionB
                (workspace.rows + 8 * lane).storeBytes(of: input, as: UInt64.self)
            }
            let rows = Rows(base: workspace.rows, stride: 8, count: count)
            cipher.load(workspace.input, rows, length: 8)
        }
        workspace.deriveCardKey(from: workspace.issuerKey)
    }

    private func deriveSessionKey() {
        cipher.prepare(workspace.cardKey, workspace.cardHalves, keyBytes: KeyTable.keyBytes)
        if group.level == .sessionKey {
            workspace.copyKey(workspace.keyHalves, to: workspace.sessionHalves)
        } else {
            if case .emv2000(let tree) = scheme.sessionKeyDerivation {
                for lane in 0..<count {
                    let row = workspace.rows + lane * Workspace.rowBytes
                    tree.writeDigits(of: request(lane).transaction.counter, to: row)
                }
            }
            let rows = requestRows(CryptogramRequest.transactionOffset)
            cipher.load(workspace.received, rows, length: 6)
            workspace.deriveSessionKey(
                scheme.sessionKeyDerivation, transaction: workspace.received, count: count)
        }
        cipher.prepare(workspace.sessionKey, workspace.sessionHalves, keyBytes: KeyTable.keyBytes)
    }

    /// The cryptogram: MAC algorithm 3 over the padded transaction data [EMV Book 2, 8.1.2].
    private func computeCryptogram() {
        let (message, length) = (workspace.message, Int(group.dataLength))
        let rows = Rows(
            base: batch.data.baseAddress!, offsets: workspace.dataOffsets, count: count)
        cipher.load(message, rows, length: length)
        let blocks = cipher.pad(message, length: length, scheme.padding)
        workspace.use(messageBlocks: blocks)
        cipher.macAlgorithm3(workspace.computed, message, count: blocks, workspace.sessionKey)
    }

    private func storeCryptograms(
        _ cryptograms: UnsafeMutableBufferPointer<ApplicationCryptogram>
    ) {
        cipher.store(workspace.computed, to: workspace.rows, count: count, length: 8)
        for lane in 0..<count {
            let stored = (workspace.rows + 8 * lane).load(as: UInt64.self)
            cryptograms[workspace.records[lane]] = ApplicationCryptogram(UInt64(bigEndian: stored))
        }
    }

    private func verify(
        _ results: UnsafeMutableBufferPointer<VerificationResult>
    ) {
        let received = requestRows(CryptogramRequest.receivedOffset)
        cipher.load(workspace.received, received, length: 8)
        cipher.equal(workspace.mask, workspace.computed, workspace.received)
        let length = computeResponse()
        for lane in 0..<count {
            let verified = workspace.isVerified(lane: lane)
            var result = VerificationResult()
            result.verdict = verified ? .verified : .mismatch
            if verified, length > 0 {
                result.responseLength = UInt8(length)
                result.response = (workspace.rows + 8 * lane).load(as: UInt64.self)
            }
            results[workspace.records[lane]] = result
        }
    }

    /// The response cryptograms into `rows`; their length in bytes, 0 for none.
    private func computeResponse() -> Int {
        guard group.response != .none else { return 0 }
        let key =
            scheme.responseNeedsICCMasterKey ? workspace.cardKey : workspace.sessionKey
        let responses = UnsafeRawPointer(batch.responses.baseAddress! + workspace.records[0])
        let rows = Rows(
            base: responses + AuthorizationResponse.bytesOffset,
            offsets: workspace.responseOffsets, count: count)
        let length = workspace.computeResponse(
            group.response, rows, proprietaryLength: Int(group.proprietaryLength), under: key)
        cipher.store(workspace.computed, to: workspace.rows, count: count, length: 8)
        return length
    }
}

extension Workspace {
    fileprivate func copyKey(_ halves: SlicedBlocks, to target: SlicedBlocks) {
        target.copyMemory(from: halves, byteCount: 2 * cipher.slicedBytes)
    }

    /// The response cryptogram to `received` into `computed` [EMV Book 2, 8.2]; returns its length.
    func computeResponse(
        _ method: AuthorizationResponse.Method, _ rows: Rows, proprietaryLength: Int,
        under key: SlicedBlocks
    ) -> Int {
        if method == .method1 {
            // E(key)[ARQC XOR (ARC ‖ 000000000000)]
            cipher.load(message, rows, length: 2)
            cipher.exclusiveOr(message, message, received)
            cipher.encrypt(computed, message, count: 1, key)
            return 8
        }
        // The first 4 bytes of the MAC over ARQC ‖ CSU ‖ proprietary data
        let length = 4 + proprietaryLength
        message.copyMemory(from: received, byteCount: cipher.slicedBytes)
        cipher.load(message + cipher.slicedBytes, rows, length: length)
        let blocks = cipher.pad(message, length: 8 + length, .method2)
        use(messageBlocks: blocks)
        cipher.macAlgorithm3(computed, message, count: blocks, key)
        return 4
    }
}
