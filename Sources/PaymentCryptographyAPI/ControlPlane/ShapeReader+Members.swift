/// The structures that several requests have.
extension ShapeReader {
    func keyAttributes() throws(RequestError) -> KeyAttributes {
        try structure("KeyAttributes") { (members) throws(RequestError) in
            KeyAttributes(
                keyUsage: try members.enumeration("KeyUsage"),
                keyClass: try members.enumeration("KeyClass"),
                keyAlgorithm: try members.enumeration("KeyAlgorithm"),
                keyModesOfUse: try members.structure("KeyModesOfUse", Self.keyModesOfUse))
        }
    }

    static func keyModesOfUse(_ members: ShapeReader) throws(RequestError) -> KeyModesOfUse {
        var modes: KeyModesOfUse = []
        for (name, mode) in KeyModesOfUse.named where try members.optionalBoolean(name) == true {
            modes.insert(mode)
        }
        return modes
    }

    func tags() throws(RequestError) -> [Tag]? {
        try list("Tags", count: 0...200) { (members) throws(RequestError) in
            Tag(
                key: try members.string("Key", .tagKey),
                value: try members.string("Value", .tagValue))
        }
    }

    func keyBlockHeaders() throws(RequestError) -> KeyBlockHeaders? {
        try optionalStructure("KeyBlockHeaders") { (members) throws(RequestError) in
            try KeyBlockHeaders(from: members)
        }
    }

    func replicationRegions() throws(RequestError) -> [String] {
        try strings("ReplicationRegions", count: 0...Int.max, .region) ?? []
    }

    func nextToken() throws(RequestError) -> String? {
        try optionalString("NextToken", .nextToken)
    }

    /// nil for the default: 50.
    func maxResults() throws(RequestError) -> Int? {
        try optionalInteger("MaxResults", in: 1...100)
    }
}
