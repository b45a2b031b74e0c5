import PaymentCryptographyAPI

extension ControlPlaneService {
    func createAlias(
        _ input: CreateAliasInput
    ) async throws(ControlPlaneError) -> CreateAliasOutput {
        let alias = Alias(aliasName: input.aliasName, keyArn: input.keyArn)
        try await withStore { (store) throws(KeyStoreError) in try await store.createAlias(alias) }
        return AliasOutput(alias: alias)
    }

    func updateAlias(
        _ input: UpdateAliasInput
    ) async throws(ControlPlaneError) -> UpdateAliasOutput {
        let alias = Alias(aliasName: input.aliasName, keyArn: input.keyArn)
        try await withStore { (store) throws(KeyStoreError) in try await store.updateAlias(alias) }
        return AliasOutput(alias: alias)
    }

    func getAlias(_ input: GetAliasInput) async throws(ControlPlaneError) -> GetAliasOutput {
        let alias = try await withStore { (store) throws(KeyStoreError) in
            try await store.alias(input.aliasName)
        }
        return AliasOutput(alias: alias)
    }

    func deleteAlias(
        _ input: DeleteAliasInput
    ) async throws(ControlPlaneError) -> DeleteAliasOutput {
        try await withStore { (store) throws(KeyStoreError) in
            try await store.deleteAlias(input.aliasName)
        }
        return EmptyOutput()
    }
}
