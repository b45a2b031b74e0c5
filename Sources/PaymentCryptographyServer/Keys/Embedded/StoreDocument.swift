import Foundation

/// The JSON in which a row's columns in clear are written.
enum StoreDocument {
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// - Throws: `StoreError`: a row whose seal is right was written by another version.
    static func value<Value: Decodable>(of row: StoreRow) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(row.document.utf8))
        } catch {
            throw StoreError(
                .newerDatabase,
                "row \(row.position) of table \(row.table) is not in a form that this version reads"
            )
        }
    }
}
