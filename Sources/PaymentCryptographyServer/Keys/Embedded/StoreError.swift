/// Why an embedded store cannot be opened: what, where, and what to do; never a secret.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public enum Code: String, Sendable {
        /// The data directory or a file in it cannot be made, read or written.
        case unusableDirectory
        /// Another process has the store open.
        case inUse
        /// There is no master key, or not one of 32 bytes.
        case invalidMasterKey
        /// The master key's file can be read by others.
        case exposedMasterKey
        /// The master key is not the one that the store was closed with.
        case wrongMasterKey
        /// The file is a database, but not one of this software.
        case foreignDatabase
        /// The database was made by a newer version.
        case newerDatabase
        /// The store belongs to another account or Region.
        case otherScope
        /// The file is truncated or otherwise no database any more.
        case damagedDatabase
        /// There is no database, where there has been one.
        case lostDatabase
        /// Rows were changed, added or removed by something else.
        case changedRows
    }

    public let code: Code
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}
