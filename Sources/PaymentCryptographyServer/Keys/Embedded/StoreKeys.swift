import EMVCryptogram
import Foundation

/// The keys under which a store's rows stand; the master key protects them.
struct StoreKeys: Sendable {
    let storeIdentifier: String
    /// Seals rows.
    let sealing: SealingKey
    /// Makes the codes of the store's digest.
    let digest: SealingKey

    /// New random keys.
    init(storeIdentifier: String) {
        self.storeIdentifier = storeIdentifier
        sealing = SealingKey()
        digest = SealingKey()
    }

    /// - Parameter joined: both keys, as `seal` wrote them.
    private init(storeIdentifier: String, joined: borrowing SecretBytes) {
        self.storeIdentifier = storeIdentifier
        sealing = SealingKey(Self.part(of: joined, from: 0))
        digest = SealingKey(Self.part(of: joined, from: SealingKey.byteCount))
    }

    private static func part(of joined: borrowing SecretBytes, from start: Int) -> SecretBytes {
        let part = SecretBytes(count: SealingKey.byteCount)
        joined.withUnsafeMutableBytes { joined in
            let source = UnsafeRawBufferPointer(rebasing: joined[start..<start + part.count])
            part.withUnsafeMutableBytes { $0.copyMemory(from: source) }
        }
        return part
    }

    /// Both keys under a master key.
    func seal(with master: MasterKey, header: String) throws -> Data {
        let joined = SecretBytes(count: 2 * SealingKey.byteCount)
        return try joined.withUnsafeMutableBytes { joined in
            let (first, second) = (joined[..<SealingKey.byteCount], joined[SealingKey.byteCount...])
            sealing.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: first).copyMemory(from: $0)
            }
            digest.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: second).copyMemory(from: $0)
            }
            return try master.sealing.seal(
                UnsafeRawBufferPointer(joined), authenticating: Self.data(header))
        }
    }

    /// nil unless both the master key and the header are those of the seal.
    static func open(
        _ sealed: Data, with master: MasterKey, header: String, storeIdentifier: String
    ) -> StoreKeys? {
        guard let joined = try? master.sealing.open(sealed, authenticating: data(header)),
            joined.count == 2 * SealingKey.byteCount
        else { return nil }
        return StoreKeys(storeIdentifier: storeIdentifier, joined: joined)
    }

    private static func data(_ header: String) -> [UInt8] {
        var data = AuthenticatedData("header")
        data.append(header)
        return data.bytes
    }
}
