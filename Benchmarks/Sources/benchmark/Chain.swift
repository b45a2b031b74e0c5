import CPeers
import EMVCryptogram

/// From the issuer's key to the cryptogram: the ways that are measured.
enum Chain: CaseIterable {
    /// Option A, common session key, MAC algorithm 3.
    case tdes
    /// AES-128: option C, common session key, CMAC.
    case aes

    /// As the library has it.
    private var scheme: CryptogramScheme { self == .tdes ? .emvCommon : .emvAES }

    /// An engine of the library with the issuer's key.
    func makeEngine(_ backend: Backend) throws -> CryptogramEngine {
        var keys = KeyTable()
        _ = try addIssuerKey(to: &keys)
        return try CryptogramEngine(keys: keys, schemes: [scheme], backend: backend)
    }

    /// How requests refer to the issuer's key.
    var key: KeyReference {
        get throws {
            var keys = KeyTable()
            return try addIssuerKey(to: &keys)
        }
    }

    private func addIssuerKey(to keys: inout KeyTable) throws -> KeyReference {
        keys.add(
            try IssuerMasterKey(TransactionSet.issuerKey.span, algorithm: scheme.algorithm))
    }

    /// The cryptogram that a record should have, whatever it has.
    func referenceCryptogram(
        _ record: peer_record, issuerKey: [UInt8] = TransactionSet.issuerKey,
        data: UnsafeBufferPointer<UInt8>
    ) -> ApplicationCryptogram {
        let compute = self == .tdes ? reference_tdes : reference_aes
        var (record, cryptogram) = (record, [UInt8](repeating: 0, count: 8))
        compute(&cryptogram, issuerKey, &record, data.baseAddress!, data.count)
        return ApplicationCryptogram(cryptogram.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
