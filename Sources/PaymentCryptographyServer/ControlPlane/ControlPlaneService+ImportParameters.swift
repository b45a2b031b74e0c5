import CryptoExtras
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

extension ControlPlaneService {
    /// How long an import token lives, and how much of that must be left to give it out again.
    private static let tokenDays = 30
    private static let reuseDays = 7

    func getParametersForImport(
        _ input: GetParametersForImportInput
    ) async throws(ControlPlaneError) -> GetParametersForImportOutput {
        guard input.keyMaterialType == .keyCryptogram else {
            throw .validation(
                "KeyMaterialType: this server gives parameters for KEY_CRYPTOGRAM only")
        }
        guard input.wrappingKeyAlgorithm.family == .rsa else {
            throw .validation("WrappingKeyAlgorithm: RSA_2048, RSA_3072 or RSA_4096 expected")
        }
        let request = ImportParametersRequest(
            keyMaterialType: input.keyMaterialType,
            wrappingKeyAlgorithm: input.wrappingKeyAlgorithm)
        if input.reuseLastGeneratedToken == true, let last = try await reusable(for: request) {
            return Self.output(last.record)
        }
        let parameters = try await newParameters(for: request)
        try await withStore { (store) throws(KeyStoreError) in try await store.add(parameters) }
        return Self.output(parameters.record)
    }

    private func reusable(
        for request: ImportParametersRequest
    ) async throws(ControlPlaneError) -> ImportParameters? {
        let last = try await withStore { (store) throws(KeyStoreError) in
            try await store.lastImportParameters(for: request)
        }
        guard let last,
            last.record.parametersValidUntilTimestamp >= now().adding(days: Self.reuseDays)
        else { return nil }
        return last
    }

    private func newParameters(
        for request: ImportParametersRequest
    ) async throws(ControlPlaneError) -> ImportParameters {
        let (start, end) = (now(), now().adding(days: Self.tokenDays))
        do {
            let bits = request.wrappingKeyAlgorithm.byteCount * 8
            let key = try await KeyGeneration.run {
                try _RSA.Signing.PrivateKey(keySize: .init(bitCount: bits))
            }
            let certificate = try WrappingCertificate(
                for: key.publicKey, organization: "account \(store.scope.account)",
                validity: start.certificateStart..<end.date)
            var der = key.derRepresentation
            defer { der.wipe() }
            let record = ImportParameters.Record(
                importToken: "import-token-\(ResourceIdentifier.random())", request: request,
                wrappingKeyCertificate: certificate.leaf,
                wrappingKeyCertificateChain: certificate.chain, createTimestamp: start,
                parametersValidUntilTimestamp: end)
            return ImportParameters(
                record: record, privateKey: KeyMaterial(SecretBytes(copying: der)))
        } catch {
            logger.error("no key pair for imports", metadata: ["reason": "\(error)"])
            throw .internalServer
        }
    }

    private static func output(_ record: ImportParameters.Record) -> GetParametersForImportOutput {
        GetParametersForImportOutput(
            wrappingKeyCertificate: CertificateText.encode(pem: record.wrappingKeyCertificate),
            wrappingKeyCertificateChain: CertificateText.encode(
                pem: record.wrappingKeyCertificateChain),
            wrappingKeyAlgorithm: record.request.wrappingKeyAlgorithm,
            importToken: record.importToken,
            parametersValidUntilTimestamp: record.parametersValidUntilTimestamp)
    }

    func getPublicKeyCertificate(
        _ input: GetPublicKeyCertificateInput
    ) async throws(ControlPlaneError) -> GetPublicKeyCertificateOutput {
        let key = try await storedKey(input.keyIdentifier)
        guard let certificate = key.record.certificate else {
            throw .validation("KeyClass: a key with a certificate expected")
        }
        var (chain, next) = ("", key.record.certificateAuthority)
        while let arn = next {
            let authority = try await storedKey(arn).record
            chain += authority.certificate ?? ""
            next = authority.certificateAuthority
        }
        return GetPublicKeyCertificateOutput(
            keyCertificate: CertificateText.encode(pem: certificate),
            keyCertificateChain: CertificateText.encode(pem: chain.isEmpty ? certificate : chain))
    }
}

extension Timestamp {
    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// When a certificate made now begins to be valid: a day before, for those whose clocks are slow.
    var certificateStart: Date { adding(days: -1).date }
}
