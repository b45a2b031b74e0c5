import EMVCryptogram

extension DataPlane {
    /// Answers lines, each a body of VerifyAuthRequestCryptogram, by a line each: the body that the
    /// request alone would be answered with.
    func verify(lines: [UInt8], _ caller: Caller) -> [UInt8] {
        var batch = VerificationBatch(capacity: lines.count / 256)
        var rest = lines[...]
        while !rest.isEmpty {
            let end = rest.lineEnd
            batch.append(rest[..<end], caller)
            rest = rest[end...].dropFirst()
        }
        var text: [UInt8] = []
        text.reserveCapacity(192 * batch.count)
        for outcome in verify(batch) {
            switch outcome {
            case .success(let verified): verified.append(to: &text)
            case .failure(let error): text += error.response.body
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// What becomes of each of the requests, all computed together.
    func verify(_ batch: VerificationBatch) -> [Result<VerifiedRequest, DataPlaneError>] {
        let keys = batch.subjects.map { subject in
            Result { () throws(DataPlaneError) in
                try key(subject.identifier, for: .verifyAuthRequestCryptogram, subject.caller)
            }
        }
        do throws(CryptogramError) {
            let (engine, references) = try engines.engine(
                for: keys.compactMap { try? $0.get() })
            var rest = references[...]
            return batch.outcomes(
                keys.map { key in
                    key.flatMap { key in
                        guard let reference = rest.removeFirst() else {
                            return .failure(.internalServer)
                        }
                        return .success(VerificationKey(reference: reference, key.used))
                    }
                }, engine)
        } catch {
            let failures = keys.map { key in
                key.flatMap { _ in Result<VerificationKey, DataPlaneError>.failure(.internalServer)
                }
            }
            return batch.outcomes(failures, engines.current)
        }
    }
}
