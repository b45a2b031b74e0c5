import PaymentCryptographyAPI

extension ControlPlaneService {
    func listKeys(_ input: ListKeysInput) async throws(ControlPlaneError) -> ListKeysOutput {
        let list = "keys \(input.keyState?.rawValue ?? "")"
        let cursor = try PageToken.cursor(input.nextToken, of: list)
        let page = try await withStore { (store) throws(KeyStoreError) in
            try await store.keys(
                in: input.keyState, after: cursor,
                limit: input.maxResults ?? PageToken.defaultLimit)
        }
        return ListKeysOutput(
            keys: page.items.map(\.key), nextToken: PageToken.text(list, after: page.next))
    }

    func listAliases(
        _ input: ListAliasesInput
    ) async throws(ControlPlaneError) -> ListAliasesOutput {
        let list = "aliases \(input.keyArn ?? "")"
        let cursor = try PageToken.cursor(input.nextToken, of: list)
        let page = try await withStore { (store) throws(KeyStoreError) in
            if let arn = input.keyArn { _ = try store.key(arn) }
            return try await store.aliases(
                of: input.keyArn, after: cursor,
                limit: input.maxResults ?? PageToken.defaultLimit)
        }
        return ListAliasesOutput(
            aliases: page.items, nextToken: PageToken.text(list, after: page.next))
    }

    func listTagsForResource(
        _ input: ListTagsForResourceInput
    ) async throws(ControlPlaneError) -> ListTagsForResourceOutput {
        let list = "tags \(input.resourceArn)"
        let cursor = try PageToken.cursor(input.nextToken, of: list)
        let key = try await withStore { (store) throws(KeyStoreError) in
            try store.key(input.resourceArn)
        }
        // By name, so that a tag that is taken off between two pages moves no other.
        let rest = key.record.tags.sorted { $0.key < $1.key }
            .filter { tag in cursor.map { tag.key > $0 } ?? true }
        let page = Array(rest.prefix(input.maxResults ?? PageToken.defaultLimit))
        let next = page.count < rest.count ? page.last?.key : nil
        return ListTagsForResourceOutput(
            tags: page, nextToken: PageToken.text(list, after: next))
    }
}
