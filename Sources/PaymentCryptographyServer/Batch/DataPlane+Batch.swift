import EMVCryptogram

extension DataPlane {
    /// More than a chunk of requests has. A line can be far shorter than a request, and its answer
    /// far longer than the line.
    private static let linesAtATime = 4096

    /// Answers lines, each a body of VerifyAuthRequestCryptogram, by a line each: the body that the
    /// request alone would be answered with.
    ///
    /// - Parameter take: takes the answers to some of the lines after the other.
    func verify<Failure>(
        lines: [UInt8], _ caller: Caller, _ take: (AnsweredLines) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = lines[...]
        while !rest.isEmpty {
            var batch = VerificationBatch(capacity: min(rest.count / 256, Self.linesAtATime))
            while !rest.isEmpty, batch.count < Self.linesAtATime {
                let end = rest.lineEnd
                batch.append(rest[..<end], caller)
                rest = rest[end...].dropFirst()
            }
            try take(AnsweredLines(verify(batch)))
        }
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
