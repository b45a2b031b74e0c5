import PaymentCryptographyAPI

/// The life of a key, as the user guide tells it (Deleting keys, Enabling and disabling keys).
extension KeyRecord {
    public static let deletionDays = 3...180
    public static let defaultDeletionDays = 7

    /// Starts the waiting period after which the key is gone for good; disables the key.
    public mutating func scheduleDeletion(
        inDays days: Int, at now: Timestamp
    ) throws(KeyStoreError) {
        try requireCreateComplete()
        enabledBeforeDeletion = key.enabled
        key.enabled = false
        key.keyState = .deletePending
        key.deletePendingTimestamp = now.adding(days: days)
    }

    /// Ends the waiting period; the key is enabled again if it was before.
    public mutating func restore() throws(KeyStoreError) {
        guard key.keyState == .deletePending else {
            throw .invalid("Key \(key.keyArn) is not in DELETE_PENDING state.")
        }
        key.keyState = .createComplete
        key.deletePendingTimestamp = nil
        key.enabled = enabledBeforeDeletion ?? false
        enabledBeforeDeletion = nil
    }

    public mutating func startUsage(at now: Timestamp) throws(KeyStoreError) {
        try requireCreateComplete()
        guard !key.enabled else { return }
        key.enabled = true
        key.usageStartTimestamp = now
    }

    public mutating func stopUsage(at now: Timestamp) throws(KeyStoreError) {
        try requireCreateComplete()
        guard key.enabled else { return }
        key.enabled = false
        key.usageStopTimestamp = now
    }

    mutating func completeDeletion(at now: Timestamp) {
        key.keyState = .deleteComplete
        key.deletePendingTimestamp = nil
        key.deleteTimestamp = now
        enabledBeforeDeletion = nil
    }

    /// Terraform's provider looks for the end of this message.
    public func requireCreateComplete() throws(KeyStoreError) {
        guard key.keyState == .createComplete else {
            throw .invalid("Key \(key.keyArn) is not in CREATE_COMPLETE state.")
        }
    }
}
