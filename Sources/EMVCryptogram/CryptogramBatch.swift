/// One call's records: grouped by what they have in common, then computed a tile of lanes at a
/// time, with results written where the caller's records stand.
struct CryptogramBatch {
    enum Work {
        case verify(UnsafeMutableBufferPointer<VerificationResult>)
        case generate(UnsafeMutableBufferPointer<ApplicationCryptogram>)
    }

    let engine: CryptogramEngine
    let worker: Worker
    let work: Work
    let requests: UnsafeBufferPointer<CryptogramRequest>
    let data: UnsafeRawBufferPointer
    let responses: UnsafeBufferPointer<AuthorizationResponse>
    /// Of each key.
    let kinds: UnsafeBufferPointer<KeyKind>

    /// Computes the records of a range.
    ///
    /// Most batches are of one group: tiles of consecutive records are tried first, and only where
    /// they do not belong together are as many as fit ordered by group.
    func run(_ range: Range<Int>) throws(CryptogramError) {
        var rest = range
        while !rest.isEmpty {
            let group = try group(of: rest.lowerBound)
            var tile = CryptogramTile(self, workspace(for: group, count: rest.count), group)
            let computed = tile.computeConsecutive(rest)
            if computed == 0 {
                let some = rest.prefix(RecordOrder.capacity)
                try computeGroups(some)
                rest.removeFirst(some.count)
            } else {
                rest.removeFirst(computed)
            }
        }
    }

    private func workspace(for group: RecordGroup, count: Int) -> Workspace {
        worker.workspace(for: count, engine.schemes[Int(group.scheme)].algorithm)
    }

    private func computeGroups(_ records: Range<Int>) throws(CryptogramError) {
        let order = worker.order
        order.removeAll()
        for record in records { order.append(try group(of: record).signature) }
        order.sort()
        var start = 0
        while start < order.count {
            let signature = order[start].signature
            var end = start + 1
            while end < order.count, order[end].signature == signature { end += 1 }
            while start < end {
                let group = RecordGroup(signature: signature)
                let workspace = workspace(for: group, count: end - start)
                let count = min(workspace.lanes, end - start)
                for lane in 0..<count {
                    let record = records.lowerBound + order[start + lane].index
                    workspace.records[lane] = UInt32(record)
                }
                var tile = CryptogramTile(self, workspace, group)
                tile.computeListed(count)
                start += count
            }
        }
    }

    /// What a record has in common with others of its tile; refuses a malformed one.
    private func group(of index: Int) throws(CryptogramError) -> RecordGroup {
        let request = requests[index]
        let response = responses.isEmpty ? AuthorizationResponse.none : responses[index]
        guard Int(request.scheme) < engine.schemes.count, Int(request.key) < kinds.count
        else {
            throw CryptogramError(
                .invalidReference,
                "scheme \(request.scheme), key \(request.key): below \(engine.schemes.count) and "
                    + "\(kinds.count) expected", record: index)
        }
        let scheme = engine.schemes[Int(request.scheme)]
        let key = kinds[Int(request.key)]
        try checkData(request, scheme, index)
        try checkKey(key, scheme, index)
        if key.level == .sessionKey, !response.isNone, scheme.responseNeedsICCMasterKey {
            throw CryptogramError(
                .invalidKey,
                "the response is made under the ICC master key: a session key is not enough",
                record: index)
        }
        return RecordGroup(
            scheme: request.scheme, key: key, dataLength: request.dataLength,
            response: response.method, proprietaryLength: response.proprietaryLength)
    }

    /// The issuer's key may be of any length: the card's has the scheme's.
    private func checkKey(
        _ key: KeyKind, _ scheme: CryptogramScheme, _ index: Int
    ) throws(CryptogramError) {
        let lengthMatters = key.level != .issuerMasterKey
        guard
            key.algorithm != scheme.algorithm
                || lengthMatters && key.byteCount != scheme.keyBytes
        else { return }
        let expected = lengthMatters ? "\(scheme.keyBytes)-byte " : ""
        throw CryptogramError(
            .invalidKey,
            "\(key.byteCount)-byte \(key.algorithm) key, \(expected)\(scheme.algorithm) expected",
            record: index)
    }

    private func checkData(
        _ request: CryptogramRequest, _ scheme: CryptogramScheme, _ index: Int
    ) throws(CryptogramError) {
        let length = Int(request.dataLength)
        let reason: String
        if !(1...Workspace.longestData).contains(length) {
            reason = "1 to \(Workspace.longestData) expected"
        } else if Int(request.dataOffset) + length > data.count {
            reason = "beyond the \(data.count) bytes of data given"
        } else if scheme.algorithm == .tdes, scheme.padding == .none, !length.isMultiple(of: 8) {
            reason = "a multiple of 8 expected, since no padding is added"
        } else {
            return
        }
        throw CryptogramError(
            .invalidTransactionData, "transaction data: \(length) bytes, \(reason)", record: index)
    }
}

/// What all records of a tile have in common: public facts, in one word.
struct RecordGroup: Equatable {
    let scheme: UInt16
    let key: KeyKind
    let dataLength: UInt16
    let response: AuthorizationResponse.Method
    let proprietaryLength: UInt8

    /// 16 + 10 + 8 + 2 + 4 bits.
    var signature: UInt64 {
        UInt64(scheme) << 24 | UInt64(dataLength) << 14 | UInt64(key.bits) << 6
            | UInt64(response.rawValue) << 4 | UInt64(proprietaryLength)
    }
}

extension RecordGroup {
    init(signature: UInt64) {
        self.init(
            scheme: UInt16(signature >> 24), key: KeyKind(bits: UInt8(signature >> 6 & 0xFF)),
            dataLength: UInt16(signature >> 14 & 0x3FF),
            response: AuthorizationResponse.Method(rawValue: UInt8(signature >> 4 & 3))!,
            proprietaryLength: UInt8(signature & 15))
    }
}
