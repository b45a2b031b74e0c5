@testable import EMVCryptogram
import Foundation
import Testing

/// A batch gives what its records give one at a time, in order, on every backend.
@Suite("batches")
struct BatchTests {
    static let seed: UInt64 = 20_261_121
    static let usable = Backend.reports.filter { $0.status == .usable }.map(\.backend.name)

    /// The sizes at which tiles begin and end.
    private static func sizes(_ lanes: Int) -> [Int] {
        Set([0, 1, lanes - 1, lanes, lanes + 1, 31 * lanes]).sorted()
    }

    @Test("mixed records, as libgcrypt computes them one by one", arguments: usable)
    func mixed(name: String) throws {
        let backend = try Backend.named(name)
        for size in Self.sizes(backend.lanes) {
            var cards = RandomCards(seed: Self.seed &+ UInt64(size))
            for _ in 0..<size { try cards.addRequest() }
            let engine = try Self.engine(backend)
            let oracle = try Self.engine(Backend.named("libgcrypt"))
            try Self.compare(&cards, engine, oracle, size)
        }
    }

    /// Of one scheme and key; AES under keys of each level, also with data of one length, of more
    /// blocks than are loaded at a time.
    @Test("a single group of records", arguments: usable)
    func uniform(name: String) throws {
        let backend = try Backend.named(name)
        let groups: [(scheme: Int, key: Int, length: Int?)] =
            [4, 7, 14, 20, 25].map { ($0, 0, nil) }
            + [
                (30, 6, nil), (30, 6, 48), (30, 7, 300), (30, 8, 48), (31, 12, 48), (31, 13, 500),
                (32, 18, nil), (32, 19, 48), (32, 20, 512),
            ]
        for (scheme, key, length) in groups {
            var cards = RandomCards(seed: Self.seed &+ UInt64(scheme))
            for _ in 0...backend.lanes {
                try cards.addRequest(scheme: scheme, key: key, length: length)
            }
            try Self.compare(
                &cards, Self.engine(backend), Self.engine(Backend.named("libgcrypt")),
                backend.lanes + 1)
        }
    }

    /// What some records of a batch of like ones differ in.
    enum Difference: CaseIterable {
        case none, key, level, scheme, length, method, proprietaryLength, dataOffset
    }

    /// At the beginning and within a tile, or all of the second tile, so that the third is again as
    /// the first.
    @Test("tiles of consecutive records, and where they end", arguments: usable)
    func consecutive(name: String) throws {
        let backend = try Backend.named(name)
        let lanes = max(backend.lanes, 16)
        let places: [Set<Int>] = [[lanes], [lanes + 1, 2 * lanes], Set(lanes..<2 * lanes)]
        for (scheme, key, otherScheme) in [(8, 0, 11), (30, 6, 31)] {
            for difference in Difference.allCases {
                for differing in difference == .none ? [[]] : places {
                    var cards = try Self.alike(
                        3 * lanes + 5, scheme, key, differing: differing, in: difference,
                        otherScheme)
                    try Self.compare(
                        &cards, Self.engine(backend), Self.engine(Backend.named("libgcrypt")),
                        cards.requests.count)
                }
            }
        }
    }

    /// Records that are alike but for those that differ. Their response is of method 1 where nothing
    /// else is needed to differ, and none where data does.
    private static func alike(
        _ count: Int, _ scheme: Int, _ key: Int, differing: Set<Int>, in difference: Difference,
        _ otherScheme: Int
    ) throws -> RandomCards {
        var cards = RandomCards(seed: seed &+ UInt64(scheme))
        let long = try AuthorizationResponse.method2(
            cardStatusUpdate: 0x0102_0304, proprietaryAuthenticationData: [5, 6, 7].span)
        let short = try AuthorizationResponse.method2(cardStatusUpdate: 0x0102_0304)
        for index in 0..<count {
            let differs = differing.contains(index)
            func choose<Value>(_ usual: Value, _ other: Value, _ which: Difference) -> Value {
                differs && difference == which ? other : usual
            }
            let response =
                switch difference {
                case .proprietaryLength: choose(long, short, .proprietaryLength)
                case .length, .dataOffset: AuthorizationResponse.none
                default: choose(.method1(code: 0x3030), long, .method)
                }
            try cards.addRequest(
                scheme: choose(scheme, otherScheme, .scheme),
                key: choose(choose(key, key + 3, .key), key + 1, .level),
                length: choose(48, 32, .length), response: response)
            if differs, difference == .dataOffset {
                cards.requests[index].setData(at: 48 * UInt32(index / 2), 48)
            }
        }
        return cards
    }

    @Test("the record that is wrong is named, whatever tile it is in", arguments: usable)
    func errorInLaterTile(name: String) throws {
        let backend = try Backend.named(name)
        let count = 3 * backend.lanes + 5
        for wrong in [backend.lanes, 2 * backend.lanes + 1, count - 1] {
            var cards = try Self.alike(count, 8, 0, differing: [], in: .none, 8)
            cards.requests[wrong].setData(at: UInt32(cards.data.count - 47), 48)
            let error = #expect(throws: CryptogramError.self) {
                try Self.generate(cards, Self.engine(backend))
            }
            #expect(error?.record == wrong && error?.code == .invalidTransactionData)
        }
    }

    /// The second record's data is the first of 4 GiB, not what follows that of the first record.
    @Test("data that begins again after 4 GiB", arguments: usable)
    func offsetsOf32Bits(name: String) throws {
        let size = 1 << 32 + 16
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0)
        try #require(memory != MAP_FAILED, "\(size) bytes of address space")
        defer { munmap(memory, size) }
        let data = UnsafeMutableRawBufferPointer(start: memory, count: size)
        for index in size - 16..<size { data[index] = 0xA5 }
        let requests = try [1 << 32 - 16, 0].map {
            try CryptogramRequest(
                pan: PAN("4000000000000002"), data: $0..<$0 + 16,
                key: RandomCards.references.get()[0], scheme: 8)
        }
        let engine = try Self.engine(Backend.named(name))
        let bytes = UnsafeBufferPointer(data.bindMemory(to: UInt8.self))
        var results = [ApplicationCryptogram](repeating: .init(0), count: 2)
        var span = results.mutableSpan
        try engine.generate(requests.span, data: bytes.span, into: &span)
        for index in 0..<2 {
            let alone = try engine.generate(requests[index], data: bytes.span)
            #expect(results[index].value == alone.value, "record \(index)")
        }
        #expect(results[0].value == results[1].value)
    }

    @Test("an engine is used by many tasks at once")
    func concurrency() async throws {
        var cards = RandomCards(seed: Self.seed)
        for _ in 0..<300 { try cards.addRequest() }
        let engine = try Self.engine(Backend.best())
        let expected = try Self.generate(cards, engine).map(\.value)
        try await withThrowingTaskGroup(of: [UInt64].self) { [cards] group in
            for _ in 0..<16 {
                group.addTask { try Self.generate(cards, engine).map(\.value) }
            }
            for try await values in group { #expect(values == expected) }
        }
    }

    @Test("several tasks give what one gives", arguments: [nil, 0, 1, 2, 5] as [Int?])
    func parallelism(tasks: Int?) async throws {
        var cards = RandomCards(seed: Self.seed)
        for _ in 0..<10_000 { try cards.addRequest() }
        let engine = try Self.engine(Backend.best())
        let computed = try Self.generate(cards, engine)
        var results = [ApplicationCryptogram](repeating: .init(0), count: cards.requests.count)
        var span = results.mutableSpan
        try await engine.generate(
            cards.requests.span, data: cards.data.span, into: &span, parallelism: tasks)
        #expect(results.map(\.value) == computed.map(\.value))
        for index in results.indices where index % 4 != 3 {
            cards.requests[index].cryptogram = results[index]
        }
        var verdicts = [VerificationResult](
            repeating: VerificationResult(), count: cards.requests.count)
        var verdictSpan = verdicts.mutableSpan
        try await engine.verify(
            cards.requests.span, data: cards.data.span, responses: cards.responses.span,
            into: &verdictSpan, parallelism: tasks)
        let expected = try Self.verify(cards, engine)
        #expect(verdicts.map(\.verdict) == expected.map(\.verdict))
        #expect(verdicts.map(\.responseCryptogram) == expected.map(\.responseCryptogram))
    }

    @Test("the first error in the requests' order, whatever task finds it")
    func firstErrorOfManyTasks() async throws {
        var cards = RandomCards(seed: Self.seed)
        for _ in 0..<20_000 { try cards.addRequest() }
        let outside = try CryptogramRequest(
            pan: PAN("4000000000000002"), data: cards.data.count..<cards.data.count + 8,
            key: RandomCards.references.get()[0])
        for index in [9_001, 13_500, 19_999] { cards.requests[index] = outside }
        let engine = try Self.engine(Backend.best())
        for _ in 0..<20 {
            var results = [ApplicationCryptogram](repeating: .init(0), count: 20_000)
            var span = results.mutableSpan
            do {
                try await engine.generate(
                    cards.requests.span, data: cards.data.span, into: &span, parallelism: 4)
                Issue.record("no error")
            } catch {
                #expect(error.record == 9_001)
            }
        }
    }

    private static func engine(_ backend: Backend) throws -> CryptogramEngine {
        try CryptogramEngine(
            keys: RandomCards.keys(seed: seed), schemes: RandomCards.schemes, backend: backend)
    }

    /// Generates with both, makes three quarters of the requests right, verifies with both.
    private static func compare(
        _ cards: inout RandomCards, _ engine: CryptogramEngine, _ oracle: CryptogramEngine,
        _ size: Int
    ) throws {
        let computed = try generate(cards, engine)
        for index in 0..<size {
            let expected = try oracle.generate(cards.requests[index], data: cards.data.span)
            #expect(computed[index].value == expected.value, "record \(index) of \(size)")
            if index % 4 != 3 { cards.requests[index].received = expected.stored }
        }
        let results = try verify(cards, engine)
        for index in 0..<size {
            let expected = try oracle.verify(
                cards.requests[index], data: cards.data.span, response: cards.responses[index])
            #expect(results[index].verdict == (index % 4 != 3 ? .verified : .mismatch))
            #expect(results[index].verdict == expected.verdict)
            #expect(results[index].responseCryptogram == expected.responseCryptogram)
            #expect(
                (results[index].responseCryptogram != nil)
                    == (index % 4 != 3 && !cards.responses[index].isNone))
        }
    }

    static func generate(
        _ cards: RandomCards, _ engine: CryptogramEngine
    ) throws -> [ApplicationCryptogram] {
        var results = [ApplicationCryptogram](
            repeating: ApplicationCryptogram(0), count: cards.requests.count)
        var span = results.mutableSpan
        try engine.generate(cards.requests.span, data: cards.data.span, into: &span)
        return results
    }

    static func verify(
        _ cards: RandomCards, _ engine: CryptogramEngine
    ) throws -> [VerificationResult] {
        var results = [VerificationResult](
            repeating: VerificationResult(), count: cards.requests.count)
        var span = results.mutableSpan
        try engine.verify(
            cards.requests.span, data: cards.data.span, responses: cards.responses.span,
            into: &span)
        return results
    }
}
