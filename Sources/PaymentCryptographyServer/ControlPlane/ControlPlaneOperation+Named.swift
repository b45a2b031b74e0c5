import PaymentCryptographyAPI

extension ControlPlaneOperation {
    /// By the names of the API, all of them.
    static let named: [String: ControlPlaneOperation] = [
        "CreateKey": .init { (service, input) throws(ControlPlaneError) in
            try await service.createKey(input)
        },
        "ImportKey": .init { (service, input) throws(ControlPlaneError) in
            try await service.importKey(input)
        },
        "ExportKey": .init { (service, input) throws(ControlPlaneError) in
            try await service.exportKey(input)
        },
        "GetKey": .init(changes: false) { (service, input) throws(ControlPlaneError) in
            try await service.getKey(input)
        },
        "ListKeys": .init(changes: false) { (service, input) throws(ControlPlaneError) in
            try await service.listKeys(input)
        },
        "DeleteKey": .init { (service, input) throws(ControlPlaneError) in
            try await service.deleteKey(input)
        },
        "RestoreKey": .init { (service, input) throws(ControlPlaneError) in
            try await service.restoreKey(input)
        },
        "StartKeyUsage": .init { (service, input) throws(ControlPlaneError) in
            try await service.startKeyUsage(input)
        },
        "StopKeyUsage": .init { (service, input) throws(ControlPlaneError) in
            try await service.stopKeyUsage(input)
        },
        "CreateAlias": .init { (service, input) throws(ControlPlaneError) in
            try await service.createAlias(input)
        },
        "GetAlias": .init(changes: false) { (service, input) throws(ControlPlaneError) in
            try await service.getAlias(input)
        },
        "UpdateAlias": .init { (service, input) throws(ControlPlaneError) in
            try await service.updateAlias(input)
        },
        "DeleteAlias": .init { (service, input) throws(ControlPlaneError) in
            try await service.deleteAlias(input)
        },
        "ListAliases": .init(changes: false) { (service, input) throws(ControlPlaneError) in
            try await service.listAliases(input)
        },
        "GetParametersForImport": .init { (service, input) throws(ControlPlaneError) in
            try await service.getParametersForImport(input)
        },
        "GetPublicKeyCertificate": .init(changes: false) {
            (service, input) throws(ControlPlaneError) in
            try await service.getPublicKeyCertificate(input)
        },
        "TagResource": .init { (service, input) throws(ControlPlaneError) in
            try await service.tagResource(input)
        },
        "UntagResource": .init { (service, input) throws(ControlPlaneError) in
            try await service.untagResource(input)
        },
        "ListTagsForResource": .init(changes: false) { (service, input) throws(ControlPlaneError) in
            try await service.listTagsForResource(input)
        },
        "GetParametersForExport": .init(refusal: "this server exports no TR-34 key blocks"),
        "GetCertificateSigningRequest": .init(refusal: "this server makes no signing requests"),
        "PutResourcePolicy": .init(refusal: "this server has no resource policies"),
        "GetResourcePolicy": .init(refusal: "this server has no resource policies"),
        "DeleteResourcePolicy": .init(refusal: "this server has no resource policies"),
        "AddKeyReplicationRegions": .unoffered,
        "RemoveKeyReplicationRegions": .unoffered,
        "EnableDefaultKeyReplicationRegions": .unoffered,
        "GetDefaultKeyReplicationRegions": .unoffered,
        "DisableDefaultKeyReplicationRegions": .unoffered,
        "AssociateMpaTeam": .unoffered,
        "GetMpaTeamAssociation": .unoffered,
        "DisassociateMpaTeam": .unoffered,
    ]
}
