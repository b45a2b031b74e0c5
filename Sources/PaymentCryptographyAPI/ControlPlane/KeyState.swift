/// Where a key stands in its life (AWS Payment Cryptography Control Plane API, KeyState).
public enum KeyState: String, EnumerationShape {
    case createInProgress = "CREATE_IN_PROGRESS"
    case createComplete = "CREATE_COMPLETE"
    case deletePending = "DELETE_PENDING"
    case deleteComplete = "DELETE_COMPLETE"
}
