/// All cases of a run, checked.
struct Plan {
    private(set) var cases: [any MeasuredCase] = []
    /// The best backend's batch of all transactions: what it allocates is counted.
    private(set) var batchFromMemory: (any MeasuredCase)?
    /// Small ones, whose instructions are counted.
    private(set) var small: [any MeasuredCase] = []

    private let cores, count: Int
    private let sets: [Chain: TransactionSet]

    /// - Parameters:
    ///   - count: the transactions in memory.
    ///   - command: the path of `arqc`, nil if its speed is not measured.
    init(_ selection: Selection, count: Int, command: String?, progress: (String) -> Void) throws {
        self.count = count
        cores = selection.cores
        let (libraries, peers) = (try selection.libraries, selection.peers)
        progress("generating \(count) transactions")
        sets = try Self.transactionSets(selection, count)
        progress("comparing the subjects with each other")
        let agreement = try Agreement(of: peers + libraries, selection.works, on: sets)
        for work in selection.works {
            for peer in peers { try add(peer, work) }
            for library in libraries { try add(library, work) }
        }
        if selection.includes(work: RoundsCase.work) { add(libraries.compactMap(RoundsCase.init)) }
        if let command, let library = libraries.first, selection.includes(work: CommandCase.work) {
            try add(command, library)
        }
        for subject in cases { try subject.check(agreement) }
    }

    private static func transactionSets(
        _ selection: Selection, _ count: Int
    ) throws -> [Chain: TransactionSet] {
        var chains = Set(selection.works.map(\.chain))
        if selection.includes(work: CommandCase.work) { chains.insert(.tdes) }
        return try chains.reduce(into: [:]) { $0[$1] = try TransactionSet($1, count: count) }
    }

    private mutating func add(_ peer: PeerSubject, _ work: Work) throws {
        guard let task = peer.task(work, on: sets[work.chain]!) else { return }
        cases += peer.batches(of: count).map { batch in
            VerificationCase(
                peer, work, batch: batch, units: VerificationCase.window(batch, of: count), task)
        }
        addSmall(peer, work, batch: min(4, count), task)
    }

    private mutating func add(_ library: LibrarySubject, _ work: Work) throws {
        for batch in library.batches(of: count) {
            let task = try library.libraryTask(work, on: sets[work.chain]!)
            let one = VerificationCase(
                library, work, batch: batch, units: VerificationCase.window(batch, of: count), task)
            cases.append(one)
            if batch == count, batchFromMemory == nil { batchFromMemory = one }
            if cores > 1 {
                cases.append(
                    ParallelCase(
                        library, work, batch: batch, of: count, threads: cores,
                        LibraryTask(sharing: task)))
            }
            // libgcrypt's instructions are counted as those of a peer.
            if batch == library.library.lanes, library.library.isConstantTime {
                addSmall(library, work, batch: min(2 * batch, count), task)
            }
        }
    }

    private mutating func addSmall(
        _ subject: any Subject, _ work: Work, batch: Int, _ task: any VerificationTask
    ) {
        guard work != .verifyAndRespond else { return }
        small.append(VerificationCase(subject, work, batch: batch, units: batch, task))
    }

    private mutating func add(_ rounds: [RoundsCase]) {
        cases += rounds
        small += rounds
    }

    private mutating func add(_ command: String, _ library: LibrarySubject) throws {
        let transactions = sets[.tdes]!
        let folder = try ScratchFolder(transactions)
        cases += Set([1, cores]).sorted().map {
            CommandCase(command, library, on: transactions, in: folder, threads: $0)
        }
    }
}
