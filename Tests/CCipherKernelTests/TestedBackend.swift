import CCipherKernel
import CCipherKernelGcrypt
import Testing

/// A backend under test. Its descriptor lives as long as the program.
struct TestedBackend: @unchecked Sendable, CustomTestStringConvertible {
    let descriptor: UnsafePointer<ck_backend>

    /// Every backend that was built, libgcrypt last.
    static let all: [TestedBackend] = listed + [libgcrypt]

    static let listed: [TestedBackend] =
        (0...).lazy.map { ck_backend_at($0) }.prefix { $0 != nil }
        .map { TestedBackend(descriptor: $0!) }

    static let libgcrypt = TestedBackend(descriptor: ck_backend_gcrypt())

    /// What a backend is compared with: libgcrypt, where it is there, and the portable one.
    static let oracles: [TestedBackend] =
        all.filter { ["portable", "libgcrypt"].contains($0.name) && $0.isSupported }

    var name: String { String(cString: descriptor.pointee.name) }
    var isSupported: Bool { descriptor.pointee.is_supported() }
    var testDescription: String { name }

    var others: [TestedBackend] { Self.oracles.filter { $0.descriptor != descriptor } }

    var des: LaneCipher { LaneCipher(cipher: descriptor.pointer(to: \.des)!) }
    var aes: LaneCipher { LaneCipher(cipher: descriptor.pointer(to: \.aes)!) }

    var ciphers: [LaneCipher] { [des, aes] }

    func cipher(_ kind: CipherKind) -> LaneCipher {
        kind.isDES ? des : aes
    }

    /// Skips the test case where this machine cannot run the backend.
    func require() throws {
        if !isSupported { try skip("not supported by this machine") }
    }

    /// Skips the test case where no other backend can be compared with.
    func requireOthers() throws {
        if others.isEmpty { try skip("no other backend to compare with") }
    }

    /// The warning is what shows: the console says nothing of a cancelled case.
    private func skip(_ reason: String) throws {
        Issue.record("skipped, \(name): \(reason)", severity: .warning)
        try Test.cancel("\(name): \(reason)")
    }
}

/// The keys that a backend's ciphers take.
enum CipherKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case des = "DES"
    case tdes2 = "two-key TDES"
    case tdes3 = "three-key TDES"
    case aes128 = "AES-128"
    case aes192 = "AES-192"
    case aes256 = "AES-256"

    static let withDES: [CipherKind] = [.des, .tdes2, .tdes3]
    static let withAES: [CipherKind] = [.aes128, .aes192, .aes256]

    var testDescription: String { rawValue }
    var isDES: Bool { Self.withDES.contains(self) }
    var blockBytes: Int { isDES ? 8 : 16 }

    var keyBytes: Int {
        switch self {
        case .des: 8
        case .tdes2, .aes128: 16
        case .tdes3, .aes192: 24
        case .aes256: 32
        }
    }
}
