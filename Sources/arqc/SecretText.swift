import EMVCryptogram
import Foundation

/// Secret text from a file or an argument, in memory for secrets.
struct SecretText: ~Copyable {
    private static let longestFile = 1 << 24

    private let memory: SecretBytes
    private let count: Int
    /// Where it came from, for messages.
    let source: String

    init(_ text: String, source: String) {
        memory = SecretBytes(count: text.utf8.count)
        count = text.utf8.count
        memory.withUnsafeMutableBytes { $0.copyBytes(from: text.utf8) }
        self.source = source
    }

    /// Reads a file, warning about one that others can read.
    init(file path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else {
            throw CommandFailure.unreadable("\(path): \(systemError())")
        }
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        if status.st_mode & 0o077 != 0, isRegular {
            complain("warning: \(path) can be read by others; chmod 600 it")
        }
        let size = isRegular ? Int(status.st_size) : 1 << 16
        guard size < Self.longestFile else {
            throw CommandFailure.unreadable("\(path): \(size) bytes: too long for keys")
        }
        let memory = SecretBytes(count: size + 1)
        let read = try memory.withUnsafeMutableBytes { try Self.read(descriptor, into: $0, path) }
        count = read
        self.memory = memory
        source = path
    }

    private static func read(
        _ descriptor: Int32, into room: UnsafeMutableRawBufferPointer, _ path: String
    ) throws -> Int {
        var count = 0
        while true {
            let more = Foundation.read(
                descriptor, room.baseAddress! + count, room.count - count)
            guard more >= 0 else {
                throw CommandFailure.unreadable("\(path): \(systemError())")
            }
            if more == 0 { return count }
            count += more
            guard count < room.count else {
                throw CommandFailure.unreadable("\(path): more than \(room.count - 1) bytes")
            }
        }
    }

    func withSpan<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try memory.withUnsafeMutableBytes { (bytes) throws(Failure) in
            try body(bytes.bindMemory(to: UInt8.self).span.extracting(0..<count))
        }
    }

    /// The text as a key.
    func key(_ algorithm: CipherKey.Algorithm) throws -> CipherKey {
        try parsed { (text) throws(CryptogramError) in
            try CipherKey(algorithm, hexadecimal: text)
        }
    }

    /// The text as a PIN.
    func pin() throws -> PIN {
        try parsed { (text) throws(CryptogramError) in try PIN(ascii: text) }
    }

    /// The text as bytes in hexadecimal digits.
    func bytes() throws -> SecretBytes {
        try parsed { (text) throws(CryptogramError) in try SecretBytes(hexadecimal: text) }
    }

    /// What the text, without white space around it, stands for.
    private func parsed<Value: ~Copyable>(
        _ parse: (Span<UInt8>) throws(CryptogramError) -> Value
    ) throws -> Value {
        do throws(CryptogramError) {
            return try withSpan { (text) throws(CryptogramError) in
                var range = text.indices
                while let first = range.first, text[first] <= 0x20 { range.removeFirst() }
                while let last = range.last, text[last] <= 0x20 { range.removeLast() }
                return try parse(text.extracting(range))
            }
        } catch {
            throw CommandFailure.usage("\(source): \(error.reason)")
        }
    }
}
