import EMVCryptogram

extension DataPlane {
    /// Answers lines, each a body of VerifyAuthRequestCryptogram, by a line each: the body that the
    /// request alone would be answered with.
    nonisolated(nonsending)
        func verify(lines: ArraySlice<UInt8>, _ caller: Caller) async -> [UInt8]
    {
        let batch = VerificationBatch(lines)
        var keys: [Result<StoredKey, DataPlaneError>] = []
        for identifier in batch.identifiers {
            do throws(DataPlaneError) {
                let key = try await key(identifier, for: .verifyAuthRequestCryptogram, caller)
                keys.append(.success(key))
            } catch {
                keys.append(.failure(error))
            }
        }
        do throws(CryptogramError) {
            return try answers(to: batch, keys)
        } catch {
            let failures = keys.map { _ in
                Result<VerificationBatch.UsableKey, DataPlaneError>.failure(.internalServer)
            }
            return batch.answers(failures, engines.current)
        }
    }

    private func answers(
        to batch: VerificationBatch, _ keys: [Result<StoredKey, DataPlaneError>]
    ) throws(CryptogramError) -> [UInt8] {
        let stored = keys.compactMap { try? $0.get() }
        let (engine, references) = try engines.engine(for: stored)
        var rest = references[...]
        let usable = keys.map { key in
            key.flatMap { key -> Result<VerificationBatch.UsableKey, DataPlaneError> in
                guard let reference = rest.removeFirst() else { return .failure(.internalServer) }
                return .success(.init(reference: reference, answer: VerificationAnswer(key.used)))
            }
        }
        return batch.answers(usable, engine)
    }
}
