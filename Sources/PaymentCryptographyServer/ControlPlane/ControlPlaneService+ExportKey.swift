import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

extension ControlPlaneService {
    func exportKey(_ input: ExportKeyInput) async throws(ControlPlaneError) -> ExportKeyOutput {
        let key = try await storedKey(input.exportKeyIdentifier)
        try WrappingRules.checkUsable(key.record)
        guard input.exportAttributes?.keySerialNumber == nil else {
            throw .validation("ExportDukptInitialKey: this server does not derive DUKPT keys")
        }
        guard key.record.key.keyAttributes.keyClass == .symmetricKey else {
            throw .validation("KeyClass of the key is invalid: private keys are not exported")
        }
        guard key.record.key.exportable, let material = key.material else {
            throw .validation("Key \(key.arn) is not exportable.")
        }
        switch input.keyMaterial {
        case .tr31KeyBlock(let block): return try await export(key, material, block)
        case .keyCryptogram(let cryptogram):
            return try await export(key, material, cryptogram)
        case .other(let name):
            throw .validation("KeyMaterial: this server does not export \(name)")
        }
    }

    private func output(
        _ key: Key, under wrapping: String, _ format: KeyMaterialType, _ material: String
    ) -> ExportKeyOutput {
        ExportKeyOutput(
            wrappingKeyArn: wrapping, format: format, keyMaterial: material,
            keyCheckValue: key.keyCheckValue, keyCheckValueAlgorithm: key.keyCheckValueAlgorithm)
    }

    private func export(
        _ key: StoredKey, _ material: KeyMaterial, _ input: ExportTr31KeyBlock
    ) async throws(ControlPlaneError) -> ExportKeyOutput {
        let wrapping = try await storedKey(input.wrappingKeyIdentifier)
        try WrappingRules.checkProtectionKey(wrapping, for: .wrapping)
        let attributes = key.record.key.keyAttributes
        try WrappingRules.checkStrength(
            of: wrapping.record.key.keyAttributes.keyAlgorithm, wrapping: attributes.keyAlgorithm)
        let protection = try wrapping.protectionKey()
        let block: String
        do throws(KeyBlockError) {
            let header = try KeyBlockHeader(
                exporting: key.record, version: protection.algorithm == .aes ? .d : .b,
                input.keyBlockHeaders)
            block = try KeyBlock.wrap(
                material, header, longestKey: attributes.keyAlgorithm.family == .tdes ? 24 : 32,
                with: protection)
        } catch {
            throw .validation(error.message)
        }
        return output(key.record.key, under: wrapping.arn, .tr31KeyBlock, block)
    }

    private func export(
        _ key: StoredKey, _ material: KeyMaterial, _ input: ExportKeyCryptogram
    ) async throws(ControlPlaneError) -> ExportKeyOutput {
        guard key.record.exportability == .sensitive else {
            throw .validation("Key \(key.arn) may be exported in key blocks only.")
        }
        let authority = try await authority(input.certificateAuthorityPublicKeyIdentifier)
        let certificate = try PublicKeyCertificate(
            input.wrappingKeyCertificate, member: "WrappingKeyCertificate")
        try certificate.requireValid(at: now())
        try certificate.requireSigned(by: authority.certificate)
        let cryptogram = try certificate.encrypt(
            material, of: key.record.key.keyAttributes.keyAlgorithm,
            input.wrappingSpec ?? .rsaOAEPSHA256)
        return output(
            key.record.key, under: authority.arn, .keyCryptogram,
            UppercaseHexadecimal.text(cryptogram))
    }
}

extension KeyBlockHeader {
    /// The header of a key that leaves: what the caller asks for, else what the key is.
    init(
        exporting record: KeyRecord, version: KeyBlockVersion, _ wanted: KeyBlockHeaders?
    ) throws(KeyBlockError) {
        let own = record.key.keyAttributes
        let modes = wanted?.keyModesOfUse ?? own.keyModesOfUse
        guard modes.isSubset(of: own.keyModesOfUse) || own.keyModesOfUse == .noRestrictions
        else { throw .unsupported("KeyModesOfUse: no more than those of the key expected") }
        let attributes = KeyAttributes(
            keyUsage: own.keyUsage, keyClass: own.keyClass, keyAlgorithm: own.keyAlgorithm,
            keyModesOfUse: modes)
        try self.init(
            attributes, wanted?.keyExportability ?? .exportable, version: version)
        keyVersion = wanted?.keyVersion ?? keyVersion
        let given = wanted?.optionalBlocks.map {
            OptionalBlock(identifier: $0.identifier, data: $0.data)
        }
        let names = Set((given ?? []).map(\.identifier))
        optionalBlocks = record.optionalBlocks.filter { !names.contains($0.identifier) }
        optionalBlocks += given ?? []
    }
}
