/// One call's records: grouped by what they have in common, then computed a tile of lanes at a
/// time, with results written where the caller's records stand.
struct CryptogramBatch {
    enum Work {
        case verify(UnsafeMutableBufferPointer<VerificationResult>)
        case generate(UnsafeMutableBufferPointer<ApplicationCryptogram>)
    }

    let engine: CryptogramEngine
    let workspace: Workspace
    let work: Work
    let requests: UnsafeBufferPointer<CryptogramRequest>
    let data: UnsafeRawBufferPointer
    let responses: UnsafeBufferPointer<AuthorizationResponse>
    /// The level of each key.
    let levels: [KeyLevel]

    /// How many records are grouped at a time: their index in a chunk fits a sort key.
    private static let chunk = 1 << 14

    func run() throws(CryptogramError) {
        for start in stride(from: 0, to: requests.count, by: Self.chunk) {
            let records = start..<min(start + Self.chunk, requests.count)
            let first = try group(of: records.lowerBound)
            if records.allSatisfy({ belongs($0, to: first) }) {
                try computeTiles(first, count: records.count) { start + $0 }
            } else {
                try computeGroups(records)
            }
        }
    }

    /// Whether a record is right and of the group, found out with a few comparisons: most batches
    /// are of one group.
    private func belongs(_ index: Int, to group: RecordGroup) -> Bool {
        let request = requests.baseAddress! + index
        let (key, offset) = (Int(request.pointee.key), Int(request.pointee.dataOffset))
        guard request.pointee.scheme == group.scheme,
            request.pointee.dataLength == UInt32(group.dataLength),
            key < levels.count, levels[key] == group.level,
            offset + Int(group.dataLength) <= data.count
        else { return false }
        guard let responses = responses.baseAddress, !self.responses.isEmpty else { return true }
        return responses[index].method == group.response
            && responses[index].proprietaryLength == group.proprietaryLength
    }

    /// Sorts the records of a chunk by group, their order within a group kept.
    private func computeGroups(_ records: Range<Int>) throws(CryptogramError) {
        var order = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: records.count)
        defer { order.deallocate() }
        for record in records {
            let group = try group(of: record)
            order[record - records.lowerBound] =
                group.signature << 16 | UInt64(record - records.lowerBound)
        }
        order.sort()
        var start = 0
        while start < order.count {
            let signature = order[start] >> 16
            var end = start + 1
            while end < order.count, order[end] >> 16 == signature { end += 1 }
            try computeTiles(RecordGroup(signature: signature), count: end - start) {
                records.lowerBound + Int(order[start + $0] & 0xFFFF)
            }
            start = end
        }
    }

    private func computeTiles(
        _ group: RecordGroup, count: Int, record: (Int) -> Int
    ) throws(CryptogramError) {
        for start in stride(from: 0, to: count, by: workspace.lanes) {
            let tile = CryptogramTile(
                batch: self, group: group, scheme: engine.schemes[Int(group.scheme)],
                count: min(workspace.lanes, count - start))
            for lane in 0..<tile.count { workspace.records[lane] = record(start + lane) }
            tile.compute()
        }
    }

    /// What a record has in common with others of its tile; refuses a malformed one.
    private func group(of index: Int) throws(CryptogramError) -> RecordGroup {
        let request = requests[index]
        let response = responses.isEmpty ? AuthorizationResponse.none : responses[index]
        guard Int(request.scheme) < engine.schemes.count, Int(request.key) < levels.count
        else {
            throw CryptogramError(
                .invalidReference,
                "scheme \(request.scheme), key \(request.key): below \(engine.schemes.count) and "
                    + "\(levels.count) expected", record: index)
        }
        let scheme = engine.schemes[Int(request.scheme)]
        let level = levels[Int(request.key)]
        try checkData(request, scheme, index)
        if level == .sessionKey, !response.isNone, scheme.responseNeedsICCMasterKey {
            throw CryptogramError(
                .invalidKey,
                "the response is made under the ICC master key: a session key is not enough",
                record: index)
        }
        return RecordGroup(
            scheme: request.scheme, level: level, dataLength: UInt16(request.dataLength),
            response: response.method, proprietaryLength: response.proprietaryLength)
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
        } else if scheme.padding == .none, !length.isMultiple(of: 8) {
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
    let level: KeyLevel
    let dataLength: UInt16
    let response: AuthorizationResponse.Method
    let proprietaryLength: UInt8

    /// 16 + 10 + 2 + 2 + 4 bits.
    var signature: UInt64 {
        UInt64(scheme) << 18 | UInt64(dataLength) << 8 | UInt64(level.rawValue) << 6
            | UInt64(response.rawValue) << 4 | UInt64(proprietaryLength)
    }
}

extension RecordGroup {
    init(signature: UInt64) {
        self.init(
            scheme: UInt16(signature >> 18), level: KeyLevel(rawValue: UInt8(signature >> 6 & 3))!,
            dataLength: UInt16(signature >> 8 & 0x3FF),
            response: AuthorizationResponse.Method(rawValue: UInt8(signature >> 4 & 3))!,
            proprietaryLength: UInt8(signature & 15))
    }
}
