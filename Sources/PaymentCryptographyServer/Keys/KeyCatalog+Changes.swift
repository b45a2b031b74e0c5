import PaymentCryptographyAPI

/// What the operations change, without changing it.
extension KeyCatalog {
    func adding(_ key: StoredKey) throws(KeyStoreError) -> [KeyStoreChange] {
        guard keys[key.arn] == nil else { throw .conflict("\(key.arn) exists already") }
        let count = keys.values.count { $0.record.key.keyState != .deleteComplete }
        guard count < limits.keys else {
            throw .quotaExceeded("\(limits.keys) keys are there, no more are allowed")
        }
        return [.putKey(key)]
    }

    func updating(
        _ identifier: String, _ change: (inout KeyRecord) throws(KeyStoreError) -> Void
    ) throws(KeyStoreError) -> (record: KeyRecord, changes: [KeyStoreChange]) {
        var key = try key(identifier)
        let before = key.record
        try change(&key.record)
        guard key.record != before else { return (before, []) }
        guard key.record.key.keyState == .deleteComplete else {
            return (key.record, [.putKey(key)])
        }
        key.material = nil
        return (key.record, [.putKey(key)] + unassigning(key.arn))
    }

    private func unassigning(_ arn: String) -> [KeyStoreChange] {
        aliases.values.filter { $0.keyArn == arn }
            .map { .putAlias(Alias(aliasName: $0.aliasName, keyArn: nil)) }
    }

    func creating(_ alias: Alias) throws(KeyStoreError) -> [KeyStoreChange] {
        guard aliases[alias.aliasName] == nil else {
            throw .conflict("Alias \(alias.aliasName) already exists.")
        }
        guard aliases.count < limits.aliases else {
            throw .quotaExceeded("\(limits.aliases) aliases are there, no more are allowed")
        }
        return try putting(alias)
    }

    func updating(_ alias: Alias) throws(KeyStoreError) -> [KeyStoreChange] {
        guard aliases[alias.aliasName] != nil else { throw .notFound(alias.aliasName) }
        return try putting(alias)
    }

    private func putting(_ alias: Alias) throws(KeyStoreError) -> [KeyStoreChange] {
        if let arn = alias.keyArn {
            guard let key = keys[arn] else { throw .notFound(arn) }
            guard key.record.key.keyState == .createComplete else {
                throw .invalid("Key \(arn) is not in CREATE_COMPLETE state.")
            }
        }
        return [.putAlias(alias)]
    }

    func deletingAlias(_ name: String) throws(KeyStoreError) -> [KeyStoreChange] {
        guard aliases[name] != nil else { throw .notFound(name) }
        return [.removeAlias(name)]
    }

    func expiring(at now: Timestamp) throws(KeyStoreError) -> (
        arns: [String], changes: [KeyStoreChange]
    ) {
        let arns = order.filter { arn in
            keys[arn]?.record.key.deletePendingTimestamp.map { $0 <= now } ?? false
        }
        var changes: [KeyStoreChange] = []
        for arn in arns {
            changes += try updating(arn) { (record) throws(KeyStoreError) in
                record.completeDeletion(at: now)
            }.changes
        }
        let stale = imports.values.map(\.record).filter { $0.parametersValidUntilTimestamp <= now }
        return (arns, changes + stale.map { .removeImport($0.importToken) })
    }
}
