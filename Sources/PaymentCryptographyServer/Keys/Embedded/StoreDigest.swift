import Foundation

/// What all rows of a store add up to: the exclusive or of their codes.
///
/// A row that is removed, or put back as it once was, passes its own seal; it shows here. The sum
/// itself is sealed with the number of transactions. Only a whole database of an earlier time cannot
/// be told from the present one.
struct StoreDigest: Equatable, Sendable {
    private var sum = [UInt8](repeating: 0, count: 32)

    init() {}

    /// nil if it was changed.
    init?(_ sealed: Data, changes: Int64, keys: StoreKeys) {
        let data = Self.data(changes, keys)
        guard let opened = try? keys.sealing.open(sealed, authenticating: data), opened.count == 32
        else { return nil }
        sum = opened.withUnsafeMutableBytes { Array($0) }
    }

    /// Adds a row, or takes it away.
    mutating func toggle(_ row: StoreRow, with keys: StoreKeys) {
        for (index, byte) in row.code(with: keys).enumerated() { sum[index] ^= byte }
    }

    func sealed(changes: Int64, keys: StoreKeys) throws -> Data {
        try sum.withUnsafeBytes {
            try keys.sealing.seal($0, authenticating: Self.data(changes, keys))
        }
    }

    private static func data(_ changes: Int64, _ keys: StoreKeys) -> [UInt8] {
        var data = AuthenticatedData("digest")
        data.append(keys.storeIdentifier)
        data.append(String(changes))
        return data.bytes
    }
}
