/// An answer of the control plane.
public protocol ControlPlaneOutput: ResourceNaming, Sendable {
    var json: JSONObject { get }
}

/// The answer of operations that have nothing to tell: `{}`.
public struct EmptyOutput: ControlPlaneOutput {
    public init() {}

    public var json: JSONObject { JSONObject() }
}

/// The answer of operations that return a key.
public struct KeyOutput: ControlPlaneOutput {
    public let key: Key

    public init(key: Key) {
        self.key = key
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("Key", key.json)
        return object
    }
}

/// The answer of operations that return an alias.
public struct AliasOutput: ControlPlaneOutput {
    public let alias: Alias

    public init(alias: Alias) {
        self.alias = alias
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("Alias", alias.json)
        return object
    }
}
