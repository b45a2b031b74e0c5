extension KeyModesOfUse {
    /// All members, as the service answers, whatever was given.
    var json: JSONObject {
        var object = JSONObject()
        for (name, mode) in Self.named { object.set(name, contains(mode)) }
        return object
    }
}

extension KeyAttributes {
    var json: JSONObject {
        var object = JSONObject()
        object.set("KeyUsage", keyUsage.rawValue)
        object.set("KeyClass", keyClass.rawValue)
        object.set("KeyAlgorithm", keyAlgorithm.rawValue)
        object.set("KeyModesOfUse", keyModesOfUse.json)
        return object
    }
}

extension Key {
    /// The shape KeySummary.
    var summary: JSONObject {
        var object = JSONObject()
        object.set("KeyArn", keyArn)
        object.set("KeyState", keyState.rawValue)
        object.set("KeyAttributes", keyAttributes.json)
        object.set("KeyCheckValue", keyCheckValue)
        object.set("Exportable", exportable)
        object.set("Enabled", enabled)
        return object
    }

    /// The shape Key.
    var json: JSONObject {
        var object = JSONObject()
        object.set("KeyArn", keyArn)
        object.set("KeyAttributes", keyAttributes.json)
        object.set("KeyCheckValue", keyCheckValue)
        object.set("KeyCheckValueAlgorithm", keyCheckValueAlgorithm.rawValue)
        object.set("Enabled", enabled)
        object.set("Exportable", exportable)
        object.set("KeyState", keyState.rawValue)
        object.set("KeyOrigin", keyOrigin.rawValue)
        object.set("CreateTimestamp", createTimestamp)
        object.set("UsageStartTimestamp", usageStartTimestamp)
        object.set("UsageStopTimestamp", usageStopTimestamp)
        object.set("DeletePendingTimestamp", deletePendingTimestamp)
        object.set("DeleteTimestamp", deleteTimestamp)
        object.set("DeriveKeyUsage", deriveKeyUsage?.rawValue)
        return object
    }
}

extension Alias {
    var json: JSONObject {
        var object = JSONObject()
        object.set("AliasName", aliasName)
        object.set("KeyArn", keyArn)
        return object
    }
}

extension Tag {
    var json: JSONObject {
        var object = JSONObject()
        object.set("Key", key)
        object.set("Value", value)
        return object
    }
}
