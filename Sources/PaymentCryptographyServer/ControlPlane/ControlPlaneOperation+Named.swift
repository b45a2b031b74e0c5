import PaymentCryptographyAPI

extension ControlPlaneOperation {
    private static let oneRegion = "this server has one Region only"
    private static let noApproval = "this server has no multi-party approval"

    /// By the names of the API; those that this server does not offer have a refusal.
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
        "AddKeyReplicationRegions": .init(refusal: oneRegion),
        "RemoveKeyReplicationRegions": .init(refusal: oneRegion),
        "EnableDefaultKeyReplicationRegions": .init(refusal: oneRegion),
        "GetDefaultKeyReplicationRegions": .init(refusal: oneRegion),
        "DisableDefaultKeyReplicationRegions": .init(refusal: oneRegion),
        "AssociateMpaTeam": .init(refusal: noApproval),
        "GetMpaTeamAssociation": .init(refusal: noApproval),
        "DisassociateMpaTeam": .init(refusal: noApproval),
    ]
}
