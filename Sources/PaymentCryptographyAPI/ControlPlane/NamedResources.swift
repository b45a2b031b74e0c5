/// The keys and the alias that a request or an answer names, as it names them.
public struct NamedResources: Equatable, Sendable {
    public var key: String?
    public var alias: String?
    /// Under which the key comes or goes.
    public var wrappingKey: String?

    public init(key: String? = nil, alias: String? = nil, wrappingKey: String? = nil) {
        self.key = key
        self.alias = alias
        self.wrappingKey = wrappingKey
    }
}

/// A request or an answer that may name resources.
public protocol ResourceNaming {
    var resources: NamedResources { get }
}

extension ResourceNaming {
    public var resources: NamedResources { NamedResources() }
}

extension GetKeyInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension DeleteKeyInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension RestoreKeyInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension StartKeyUsageInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension StopKeyUsageInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension GetPublicKeyCertificateInput {
    public var resources: NamedResources { NamedResources(key: keyIdentifier) }
}

extension TagResourceInput {
    public var resources: NamedResources { NamedResources(key: resourceArn) }
}

extension UntagResourceInput {
    public var resources: NamedResources { NamedResources(key: resourceArn) }
}

extension ListTagsForResourceInput {
    public var resources: NamedResources { NamedResources(key: resourceArn) }
}

extension CreateAliasInput {
    public var resources: NamedResources { NamedResources(key: keyArn, alias: aliasName) }
}

extension UpdateAliasInput {
    public var resources: NamedResources { NamedResources(key: keyArn, alias: aliasName) }
}

extension GetAliasInput {
    public var resources: NamedResources { NamedResources(alias: aliasName) }
}

extension DeleteAliasInput {
    public var resources: NamedResources { NamedResources(alias: aliasName) }
}

extension ExportKeyInput {
    public var resources: NamedResources { NamedResources(key: exportKeyIdentifier) }
}

extension ImportKeyInput {
    public var resources: NamedResources {
        guard case .tr31KeyBlock(let block) = keyMaterial else { return NamedResources() }
        return NamedResources(wrappingKey: block.wrappingKeyIdentifier)
    }
}

extension KeyOutput {
    public var resources: NamedResources { NamedResources(key: key.keyArn) }
}

extension AliasOutput {
    public var resources: NamedResources {
        NamedResources(key: alias.keyArn, alias: alias.aliasName)
    }
}

extension ExportKeyOutput {
    public var resources: NamedResources { NamedResources(wrappingKey: wrappingKeyArn) }
}
