import PaymentCryptographyAPI

extension KeyCatalog {
    func key(_ identifier: String) throws(KeyStoreError) -> StoredKey {
        guard let arn = arn(of: identifier), let key = keys[arn] else {
            throw .notFound(identifier)
        }
        return key
    }

    private func arn(of identifier: String) -> String? {
        guard let name = scope.aliasName(identifier) else { return identifier }
        return aliases[name]?.keyArn
    }

    func keys(
        in state: KeyState?, after cursor: String?, limit: Int
    ) throws(KeyStoreError) -> Page<KeyRecord> {
        var index = try start(after: cursor)
        var records: [KeyRecord] = []
        while index < order.count, records.count < limit {
            if let record = keys[order[index]]?.record, state == nil || record.key.keyState == state
            {
                records.append(record)
            }
            index += 1
        }
        let isLast = !order[index...].contains { arn in
            state == nil || keys[arn]?.record.key.keyState == state
        }
        return Page(items: records, next: isLast ? nil : String(index))
    }

    private func start(after cursor: String?) throws(KeyStoreError) -> Int {
        guard let cursor else { return 0 }
        guard let index = Int(cursor), order.indices.contains(index) else {
            throw .invalid("NextToken: not one that this operation gave")
        }
        return index
    }

    func alias(_ name: String) throws(KeyStoreError) -> Alias {
        guard let alias = aliases[name] else { throw .notFound(name) }
        return alias
    }

    func aliases(of keyArn: String?, after cursor: String?, limit: Int) -> Page<Alias> {
        let matching = aliases.values.filter { alias in
            (keyArn == nil || alias.keyArn == keyArn) && cursor.map { alias.aliasName > $0 } ?? true
        }
        let page = matching.sorted { $0.aliasName < $1.aliasName }.prefix(limit)
        return Page(
            items: Array(page), next: page.count < matching.count ? page.last?.aliasName : nil)
    }

    func importParameters(_ token: String) throws(KeyStoreError) -> ImportParameters {
        guard let parameters = imports[token] else { throw .notFound(token) }
        return parameters
    }

    func lastImportParameters(for request: ImportParametersRequest) -> ImportParameters? {
        imports.values.filter { $0.record.request == request }
            .max { $0.record.createTimestamp < $1.record.createTimestamp }
    }
}
