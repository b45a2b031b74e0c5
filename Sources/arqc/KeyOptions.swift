import ArgumentParser
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

/// Where the key comes from.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the key as hexadecimal digits.", valueName: "file"))
    var keyFile: String?

    @Option(
        help: ArgumentHelp(
            "The key as hexadecimal digits; other users can see it in the list of processes.",
            discussion: "Prefer --key-file or the environment variable ARQC_KEY.",
            valueName: "hex"))
    var key: String?

    /// The key that was given, as hexadecimal digits; nil for none.
    func read() throws -> SecretText? {
        guard keyFile == nil || key == nil else {
            throw CommandFailure.usage("--key and --key-file: one of them expected")
        }
        if let keyFile { return try SecretText(file: keyFile) }
        if let key {
            complain("warning: other users can see --key; prefer --key-file or ARQC_KEY")
            return SecretText(key)
        }
        if let variable = getenv("ARQC_KEY"), variable.pointee != 0 {
            return SecretText(String(cString: variable))
        }
        return nil
    }

    /// The key that was given.
    func require(
        _ algorithm: CipherKey.Algorithm = .tdes
    ) throws -> CipherKey {
        guard let text = try read() else {
            throw CommandFailure.usage(
                "no key: give --key-file FILE, the environment variable ARQC_KEY, or --key HEX")
        }
        return try text.key(algorithm)
    }
}

/// Secret text from a file or an argument, wiped when it is no longer used.
struct SecretText: ~Copyable {
    private let bytes: UnsafeMutableRawBufferPointer
    private let source: String

    init(_ text: String) {
        bytes = .allocate(byteCount: text.utf8.count, alignment: 1)
        bytes.copyBytes(from: text.utf8)
        source = "key"
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
        if status.st_mode & 0o077 != 0, status.st_mode & S_IFMT == S_IFREG {
            complain("warning: \(path) can be read by others; chmod 600 it")
        }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 24, alignment: 1)
        var count = 0
        while count < room.count {
            let read = Foundation.read(descriptor, room.baseAddress! + count, room.count - count)
            guard read >= 0 else {
                room.deallocate()
                throw CommandFailure.unreadable("\(path): \(systemError())")
            }
            guard read > 0 else { break }
            count += read
        }
        bytes = .allocate(byteCount: count, alignment: 1)
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[0..<count]))
        memset_explicit(room.baseAddress!, count)
        room.deallocate()
        source = path
    }

    deinit {
        if let start = bytes.baseAddress { memset_explicit(start, bytes.count) }
        bytes.deallocate()
    }

    func withSpan<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(bytes.bindMemory(to: UInt8.self).span)
    }

    /// The text, without white space around it, as a key.
    func key(_ algorithm: CipherKey.Algorithm) throws -> CipherKey {
        let text = bytes.bindMemory(to: UInt8.self)
        var range = text.indices
        while let first = range.first, text[first] <= 0x20 { range.removeFirst() }
        while let last = range.last, text[last] <= 0x20 { range.removeLast() }
        do throws(CryptogramError) {
            return try CipherKey(algorithm, hexadecimal: text.span.extracting(range))
        } catch {
            throw CommandFailure.usage("\(source): \(error)")
        }
    }
}

private func memset_explicit(_ start: UnsafeMutableRawPointer, _ count: Int) {
    explicit_bzero(start, count)
}
