import EMVCryptogram
import Foundation
import GRDB

/// A row as it stands in the database: what may be read in clear, and what is sealed.
///
/// The seal's ciphertext is the key material, if there is any; under its tag stand the store's
/// identifier, the table, and all other columns, so that none can be changed, nor a row moved.
struct StoreRow: Equatable, Sendable {
    let table: StoreTable
    let name: String
    /// The order in which rows were made.
    let position: Int64
    /// JSON.
    let document: String
    let sealed: Data

    init(
        sealing material: KeyMaterial?, in table: StoreTable, name: String, position: Int64,
        document: String, with keys: StoreKeys
    ) throws {
        self.table = table
        self.name = name
        self.position = position
        self.document = document
        let data = Self.authenticatedData(keys, table, name, position, document)
        sealed =
            try material?.withUnsafeBytes { try keys.sealing.seal($0, authenticating: data) }
            ?? keys.sealing.seal(UnsafeRawBufferPointer(start: nil, count: 0), authenticating: data)
    }

    init(_ row: Row, of table: StoreTable) throws {
        self.table = table
        name = try row.decode(String.self, forColumn: "name")
        position = try row.decode(Int64.self, forColumn: "position")
        document = try row.decode(String.self, forColumn: "document")
        sealed = try row.decode(Data.self, forColumn: "sealed")
    }

    /// The material; nil where there is none.
    ///
    /// - Throws: `StoreError` with code `changedRows`.
    func open(with keys: StoreKeys) throws(StoreError) -> KeyMaterial? {
        let data = Self.authenticatedData(keys, table, name, position, document)
        guard let secret = try? keys.sealing.open(sealed, authenticating: data) else {
            throw StoreError(
                .changedRows, "row \(position) of table \(table) was changed by something else")
        }
        return secret.count == 0 ? nil : KeyMaterial(secret)
    }

    private static func authenticatedData(
        _ keys: StoreKeys, _ table: StoreTable, _ name: String, _ position: Int64,
        _ document: String
    ) -> [UInt8] {
        var data = AuthenticatedData("row")
        data.append(keys.storeIdentifier)
        data.append(table.rawValue)
        data.append(name)
        data.append(String(position))
        data.append(document)
        return data.bytes
    }

    /// Stands for the row in the store's digest.
    func code(with keys: StoreKeys) -> [UInt8] {
        var data = AuthenticatedData("member")
        data.append(table.rawValue)
        data.append(name)
        data.append(sealed)
        return keys.digest.authenticationCode(of: data.bytes)
    }
}

/// Fields one after the other, each with its length, so that different fields never read the same.
struct AuthenticatedData {
    private(set) var bytes: [UInt8] = []

    /// - Parameter purpose: tells apart what the same key is used for.
    init(_ purpose: String) {
        append("arqc key store")
        append(purpose)
    }

    mutating func append(_ field: String) { append(Array(field.utf8)) }

    mutating func append(_ field: some Collection<UInt8>) {
        withUnsafeBytes(of: UInt64(field.count).littleEndian) { bytes += $0 }
        bytes += field
    }
}
