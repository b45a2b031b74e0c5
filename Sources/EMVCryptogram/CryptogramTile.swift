/// The chain of a tile: at most as many records as the cipher has lanes, all of one group. One tile
/// after another of the group is computed.
///
/// Reads top to bottom as EMV does: ICC master key, session key, cryptogram, verdict, response.
struct CryptogramTile {
    private let batch: CryptogramBatch
    private let workspace: Workspace
    private let group: RecordGroup
    private let scheme: CryptogramScheme
    private var count = 0
    /// The record in the first lane; the others are those that follow it, or are listed in the
    /// workspace's `records`.
    private var first = 0
    private var isListed = false
    /// The key of all lanes, if it is one, by its place in the table.
    private var commonKey: UInt32?
    /// Whether each lane's data follows that of the lane before.
    private var isDense = false
    private var dataStart = 0

    private var cipher: LaneCipher { workspace.cipher }
    private var lastOffset: Int { batch.data.count - Int(group.dataLength) }

    init(_ batch: CryptogramBatch, _ workspace: Workspace, _ group: RecordGroup) {
        (self.batch, self.workspace, self.group) = (batch, workspace, group)
        scheme = batch.engine.schemes[Int(group.scheme)]
    }

    /// Computes as many consecutive records, in whole tiles, as are right, of the group and each
    /// tile under one key; returns how many. Fewer records than lanes are a tile.
    mutating func computeConsecutive(_ records: Range<Int>) -> Int {
        count = min(workspace.lanes, records.count)
        first = records.lowerBound
        while records.upperBound - first >= count, let key = locateConsecutive() {
            commonKey = key
            compute()
            first += count
        }
        return first - records.lowerBound
    }

    /// Computes the records that the workspace lists, each of which was found to be right.
    mutating func computeListed(_ count: Int) {
        (self.count, isListed) = (count, true)
        first = Int(workspace.records[0])
        commonKey = locateListed()
        compute()
    }

    private func compute() {
        // In the order in which it is needed
        workspace.ahead.initialize(to: Ahead(results, nextRequests, nextData, nextResponses))
        let requests = rows(batch.requests, from: 0)
        workspace.loadNumbers(requests)
        if group.key.level == .issuerMasterKey { deriveCardKey(requests) }
        if group.key.level != .sessionKey { deriveSessionKey(requests) }
        prepareSessionKey()
        computeCryptogram()
        switch batch.work {
        case .generate(let cryptograms): storeCryptograms(cryptograms)
        case .verify(let results): verify(results)
        }
    }

    // What others might write to meanwhile is read once, and used only where it was found to lie
    // in its place or is moved there: the kernel's reads stay within their memory.

    /// Checks the records and says where their data lies, row after row as it usually does or each
    /// by its offset; returns the place of the key.
    private mutating func locateConsecutive() -> UInt32? {
        let model = batch.requests[first]
        let requests = UnsafeRawPointer(batch.requests.baseAddress! + first)
        let step = SIMD4(0, UInt32(group.dataLength), 0, 0)
        var expected = withUnsafeBytes(of: model) { Self.compared($0.baseAddress!) }
        var differences = SIMD4<UInt32>()
        for lane in 0..<count {
            differences |= Self.compared(requests + lane * CryptogramRequest.stride) ^ expected
            expected &+= step
        }
        let (start, key) = (Int(model.dataOffset), Int(model.key))
        // An offset that has wrapped is not where the row before ends.
        let lastStart = start + (count - 1) * Int(group.dataLength)
        isDense = differences[1] == 0 && lastStart <= min(lastOffset, Int(UInt32.max))
        dataStart = isDense ? start : 0
        guard differences[2] | differences[3] == 0, model.scheme == group.scheme,
            model.dataLength == group.dataLength, key < batch.kinds.count,
            batch.kinds[key] == group.key, isDense || locateData(), responsesAreOfGroup()
        else { return nil }
        return model.key * UInt32(KeyTable.rowBytes)
    }

    private static func compared(_ request: UnsafeRawPointer) -> SIMD4<UInt32> {
        request.loadUnaligned(fromByteOffset: CryptogramRequest.comparedOffset, as: SIMD4.self)
    }

    /// Notes the offset of each lane's data; returns whether all lie in their memory.
    private func locateData() -> Bool {
        var greatest = UInt32(0)
        for lane in 0..<count {
            let offset = batch.requests[first + lane].dataOffset
            greatest = max(greatest, offset)
            workspace.dataOffsets[lane] = offset
        }
        return Int(greatest) <= lastOffset
    }

    /// Says where each lane's key and data lie; returns the place of the key if there is but one.
    private func locateListed() -> UInt32? {
        let (lastKey, lastOffset) = (UInt32(batch.kinds.count - 1), UInt32(clamping: lastOffset))
        for lane in 0..<count {
            let request = batch.requests.baseAddress! + Int(workspace.records[lane])
            let key = min(request.pointee.key, lastKey)
            workspace.keyOffsets[lane] = key * UInt32(KeyTable.rowBytes)
            workspace.dataOffsets[lane] = min(request.pointee.dataOffset, lastOffset)
        }
        let key = workspace.keyOffsets[0]
        return (1..<count).allSatisfy { workspace.keyOffsets[$0] == key } ? key : nil
    }

    private func responsesAreOfGroup() -> Bool {
        guard !batch.responses.isEmpty else { return true }
        let responses = UnsafeRawPointer(batch.responses.baseAddress! + first)
        let expected = AuthorizationResponse.kind(group.response, group.proprietaryLength)
        var differences = UInt16(0)
        for lane in 0..<count {
            let response = responses + lane * AuthorizationResponse.stride
            differences |= response.loadUnaligned(as: UInt16.self) ^ expected
        }
        return differences == 0
    }

    private func record(_ lane: Int) -> Int {
        isListed ? Int(workspace.records[lane]) : first + lane
    }

    /// The rows of an array that has an element for each record, from a byte of the element on.
    private func rows<Element>(_ elements: UnsafeBufferPointer<Element>, from byte: Int) -> Rows {
        let stride = MemoryLayout<Element>.stride
        let base = UnsafeRawPointer(elements.baseAddress! + first) + byte
        guard isListed else { return Rows(base: base, stride: stride, count: count) }
        for lane in 0..<count {
            workspace.recordOffsets[lane] = UInt32((record(lane) - first) * stride)
        }
        return Rows(base: base, offsets: workspace.recordOffsets, count: count)
    }

    /// The records of the next tile, if they follow.
    private var next: Range<Int> {
        let start = isListed ? batch.requests.count : first + count
        return start..<min(start + count, batch.requests.count)
    }

    private var nextRequests: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: batch.requests[next]))
    }

    private var nextData: UnsafeRawBufferPointer {
        guard !next.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = min(Int(batch.requests[next.lowerBound].dataOffset), batch.data.count)
        let end = min(start + next.count * Int(group.dataLength), batch.data.count)
        return UnsafeRawBufferPointer(rebasing: batch.data[start..<end])
    }

    private var nextResponses: UnsafeRawBufferPointer {
        guard !batch.responses.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: batch.responses[next]))
    }

    private var results: UnsafeRawBufferPointer {
        guard case .verify(let results) = batch.work, !isListed else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: results[first..<first + count]))
    }

    private func deriveCardKey(_ requests: Rows) {
        prepareIssuerKey()
        if scheme.masterKeyDerivation == .optionB { workspace.loadHashes(requests) }
        workspace.deriveCardKey(keyBytes: scheme.keyBytes)
    }

    /// Tiles under one key, which most are, prepare it once.
    private func prepareIssuerKey() {
        let (key, keyBytes) = (workspace.issuerKey, group.key.byteCount)
        if let commonKey {
            if workspace.preparedIssuerKey == commonKey { return }
            cipher.prepareOne(
                key, batch.engine.keys.start + Int(commonKey), keyBytes: keyBytes,
                scratch: workspace.keyHalves)
        } else {
            loadKeys(into: workspace.keyHalves)
            cipher.prepare(key, workspace.keyHalves, keyBytes: keyBytes)
        }
        workspace.preparedIssuerKey = commonKey
    }

    private func loadKeys(into halves: SlicedBlocks) {
        let (table, length) = (batch.engine.keys.start, group.key.byteCount)
        if let commonKey {
            cipher.fill(halves, table + Int(commonKey), length: length)
        } else {
            let rows = Rows(base: table, offsets: workspace.keyOffsets, count: count)
            cipher.load(halves, rows, length: length)
        }
    }

    private func deriveSessionKey(_ requests: Rows) {
        if group.key.level == .iccMasterKey { loadKeys(into: workspace.cardHalves) }
        cipher.prepare(workspace.cardKey, workspace.cardHalves, keyBytes: scheme.keyBytes)
        if case .emv2000(let tree) = scheme.sessionKeyDerivation {
            for lane in 0..<count {
                let numbers = (requests[lane] + CryptogramRequest.transactionOffset)
                    .loadUnaligned(as: TransactionNumbers.self)
                let row = workspace.rows + lane * Workspace.rowBytes
                tree.writeDigits(of: numbers.counter, to: row)
            }
        }
        workspace.deriveSessionKey(
            scheme.sessionKeyDerivation, keyBytes: scheme.keyBytes, rows: count)
    }

    private func prepareSessionKey() {
        if group.key.level == .sessionKey { loadKeys(into: workspace.sessionHalves) }
        cipher.prepare(workspace.sessionKey, workspace.sessionHalves, keyBytes: scheme.keyBytes)
    }

    private func computeCryptogram() {
        let rows = Rows(
            base: batch.data.baseAddress! + dataStart, stride: Int(group.dataLength),
            offsets: isDense ? nil : workspace.dataOffsets, count: count)
        workspace.computeCryptogram(rows, length: Int(group.dataLength), scheme)
    }

    private func storeCryptograms(
        _ cryptograms: UnsafeMutableBufferPointer<ApplicationCryptogram>
    ) {
        cipher.store(workspace.computed, to: workspace.rows, count: count, length: 8)
        for lane in 0..<count {
            let stored = (workspace.rows + 8 * lane).load(as: UInt64.self)
            cryptograms[record(lane)] = ApplicationCryptogram(UInt64(bigEndian: stored))
        }
    }

    private func verify(_ results: UnsafeMutableBufferPointer<VerificationResult>) {
        cipher.equal(workspace.mask, workspace.computed, workspace.received)
        let length = computeResponse()
        let out = results.baseAddress!
        let responses = workspace.rows.assumingMemoryBound(to: UInt64.self)
        // A copy of the loop for each case, so that none asks for every record what holds for all.
        @inline(__always) func write(_ record: (Int) -> Int, _ response: (Int) -> UInt64) {
            for start in stride(from: 0, to: count, by: 64) {
                var bits = workspace.mask[start / 64]
                for lane in start..<min(start + 64, count) {
                    VerificationResult.write(
                        to: out + record(lane), isVerified: bits & 1, response: response(lane),
                        length: length)
                    bits >>= 1
                }
            }
        }
        switch (isListed, length) {
        case (false, 0): write({ first + $0 }, { _ in 0 })
        case (false, _): write({ first + $0 }, { responses[$0] })
        case (true, _): write({ Int(workspace.records[$0]) }, { length == 0 ? 0 : responses[$0] })
        }
    }

    /// The response cryptograms into `rows`; their length in bytes, 0 for none.
    private func computeResponse() -> UInt8 {
        guard group.response != .none else { return 0 }
        let key =
            scheme.responseNeedsICCMasterKey ? workspace.cardKey : workspace.sessionKey
        let length = workspace.computeResponse(
            group.response,
            rows(batch.responses, from: AuthorizationResponse.bytesOffset),
            proprietaryLength: Int(group.proprietaryLength), scheme.macAlgorithm, under: key)
        cipher.store(workspace.computed, to: workspace.rows, count: count, length: 8)
        return UInt8(length)
    }
}
