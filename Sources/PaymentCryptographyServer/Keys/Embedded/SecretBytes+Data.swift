import EMVCryptogram
import Foundation

extension SecretBytes {
    /// Random bytes of the system's generator.
    init(randomCount count: Int) {
        self.init(count: count)
        var generator = SystemRandomNumberGenerator()
        withUnsafeMutableBytes { bytes in
            for index in bytes.indices { bytes[index] = generator.next() }
        }
    }

    /// A copy of data; whoever owns that wipes it.
    init(copying data: some ContiguousBytes & Collection) {
        self.init(count: data.count)
        withUnsafeMutableBytes { target in
            data.withUnsafeBytes { target.copyMemory(from: $0) }
        }
    }
}

extension Data {
    /// Overwrites the bytes in place, if no one else has a copy of the value.
    mutating func wipe() {
        withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            #if canImport(Darwin)
                memset_s(start, bytes.count, 0, bytes.count)
            #else
                explicit_bzero(start, bytes.count)
            #endif
        }
    }
}
