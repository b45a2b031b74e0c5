import PaymentCryptographyAPI

extension ControlPlaneService {
    /// As the API's shape allows in one request; a key has no more either.
    private static let tagLimit = 200

    func tagResource(
        _ input: TagResourceInput
    ) async throws(ControlPlaneError) -> TagResourceOutput {
        try await updateTags(of: input.resourceArn) { (tags) throws(KeyStoreError) in
            tags = merge(tags, input.tags)
            guard tags.count <= Self.tagLimit else {
                throw .quotaExceeded("\(Self.tagLimit) tags are the most that a key can have.")
            }
        }
    }

    func untagResource(
        _ input: UntagResourceInput
    ) async throws(ControlPlaneError) -> UntagResourceOutput {
        let names = Set(input.tagKeys)
        return try await updateTags(of: input.resourceArn) { tags in
            tags.removeAll { names.contains($0.key) }
        }
    }

    private func updateTags(
        of arn: String,
        _ change: @escaping @Sendable (inout [Tag]) throws(KeyStoreError) -> Void
    ) async throws(ControlPlaneError) -> EmptyOutput {
        _ = try await withStore { (store) throws(KeyStoreError) in
            try await store.update(arn) { (record) throws(KeyStoreError) in
                try record.requireCreateComplete()
                try change(&record.tags)
            }
        }
        return EmptyOutput()
    }
}

/// The tags with those that come over them: of one name there is one tag, the last.
func merge(_ tags: [Tag], _ added: [Tag]) -> [Tag] {
    var merged = tags
    for tag in added {
        if let index = merged.firstIndex(where: { $0.key == tag.key }) {
            merged[index] = tag
        } else {
            merged.append(tag)
        }
    }
    return merged
}
