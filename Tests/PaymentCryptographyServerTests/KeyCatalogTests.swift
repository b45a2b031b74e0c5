import PaymentCryptographyAPI
import PaymentCryptographyServer
import Testing

@Suite("What a store holds and how it changes")
struct KeyCatalogTests {
    private func store(keys: Int = 1) async throws -> InMemoryKeyStore {
        let store = InMemoryKeyStore(scope: try Sample.scope())
        for number in 0..<keys { try await store.add(Sample.key(number)) }
        return store
    }

    @Test("A key is found by ARN, alias name and alias ARN")
    func lookup() async throws {
        let store = try await store()
        let arn = try Sample.key(0).arn
        try await store.createAlias(Alias(aliasName: "alias/issuer", keyArn: arn))
        let prefix = "arn:aws:payment-cryptography:us-east-1:111122223333:"
        for identifier in [arn, "alias/issuer", prefix + "alias/issuer"] {
            let key = try store.key(identifier)
            #expect(key.arn == arn)
            #expect(try key.material?.cipherKey(.tdes).checkValue().description == "08D7B4")
        }
        let elsewhere = "arn:aws:payment-cryptography:eu-west-1:111122223333:alias/issuer"
        for identifier in ["alias/other", elsewhere] {
            #expect(throws: KeyStoreError.notFound(identifier)) {
                try store.key(identifier)
            }
        }
    }

    @Test("An alias without a key is there, but stands for no key")
    func unassignedAlias() async throws {
        let store = try await store()
        try await store.createAlias(Alias(aliasName: "alias/later", keyArn: nil))
        #expect(try await store.alias("alias/later").keyArn == nil)
        #expect(throws: KeyStoreError.notFound("alias/later")) {
            try store.key("alias/later")
        }
        try await store.updateAlias(Alias(aliasName: "alias/later", keyArn: Sample.key(0).arn))
        #expect(try store.key("alias/later").arn == Sample.key(0).arn)
    }

    @Test("Pages of keys come in the order of creation and end")
    func pages() async throws {
        let store = try await store(keys: 5)
        var (arns, cursor): ([String], String?) = ([], nil)
        var sizes: [Int] = []
        repeat {
            let page = try await store.keys(in: nil, after: cursor, limit: 2)
            arns += page.items.map(\.key.keyArn)
            sizes.append(page.items.count)
            cursor = page.next
        } while cursor != nil
        #expect(try arns == (0..<5).map { try Sample.key($0).arn })
        #expect(sizes == [2, 2, 1])
        #expect(try await store.keys(in: .deletePending, after: nil, limit: 5).items.isEmpty)
    }

    @Test("A page that takes the last key is the last page")
    func fullLastPage() async throws {
        let page = try await store(keys: 4).keys(in: .createComplete, after: nil, limit: 4)
        #expect(page.items.count == 4)
        #expect(page.next == nil)
    }

    @Test("A deleted key waits, can be restored, and then loses material and aliases")
    func deletion() async throws {
        let store = try await store()
        let arn = try Sample.key(0).arn
        try await store.createAlias(Alias(aliasName: "alias/issuer", keyArn: arn))
        let pending = try await store.update(arn) { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: 3, at: Sample.start)
        }
        #expect(!pending.key.enabled)
        let due = Sample.start.adding(days: 3)
        #expect(pending.key.deletePendingTimestamp == due)
        let early = Timestamp(milliseconds: due.milliseconds - 1)
        #expect(try await store.expire(at: early).isEmpty)
        #expect(try await store.expire(at: due) == [arn])
        let key = try store.key(arn)
        #expect(key.material == nil)
        #expect(key.record.key.keyState == .deleteComplete)
        #expect(key.record.key.deleteTimestamp == due)
        #expect(try await store.alias("alias/issuer").keyArn == nil)
    }

    @Test("Restoring brings the key's state from before back")
    func restoring() async throws {
        for enabled in [true, false] {
            let store = try await store()
            let record = try await store.update(Sample.key(0).arn) {
                (record) throws(KeyStoreError) in
                if !enabled { try record.stopUsage(at: Sample.start) }
                try record.scheduleDeletion(inDays: 3, at: Sample.start)
                try record.restore()
            }
            #expect(record.key.enabled == enabled)
            #expect(record.key.keyState == .createComplete)
            #expect(record.key.deletePendingTimestamp == nil)
        }
    }

    @Test("No more keys than the quota")
    func quota() async throws {
        var limits = KeyStoreLimits()
        limits.keys = 1
        let store = InMemoryKeyStore(scope: try Sample.scope(), limits: limits)
        try await store.add(Sample.key(0))
        await #expect(throws: KeyStoreError.self) { try await store.add(Sample.key(1)) }
    }
}
