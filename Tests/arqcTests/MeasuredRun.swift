import Foundation
import Testing

/// A run of `arqc` whose peak memory is known.
///
/// The command's last act is to write its summary to standard error. That is a pipe here which is
/// full until everything else was read, so the command stands still, all work done, while the
/// kernel is asked for its peak. (What wait4 tells will not do: Linux counts the peak of the process
/// that the command was forked from as well.)
struct MeasuredRun {
    let outcome: Command.Outcome
    /// In bytes.
    let peak: Int

    /// Whether the system tells the peak of a running process.
    static let isPossible = FileManager.default.fileExists(atPath: "/proc/self/status")

    /// - Parameters:
    ///   - input: what makes the standard input, a shell script.
    ///   - lines: how many lines the command will write. It must write nothing to standard error
    ///     but its summary.
    init(_ arguments: [String], input: String = ":", lines: Int) throws {
        let producer = try Command.process("/bin/sh", ["-c", input])
        let process = try Command.process(Command.path, arguments)
        let (link, output, error) = (Pipe(), Pipe(), Pipe())
        (producer.standardOutput, process.standardInput) = (link, link)
        (process.standardOutput, process.standardError) = (output, error)
        let filler = Self.fill(error.fileHandleForWriting.fileDescriptor)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try producer.run()
        try process.run()
        let text = Self.read(output.fileHandleForReading.fileDescriptor, lines: lines)
        peak = try Self.peak(of: process.processIdentifier)
        let message = error.fileHandleForReading.readDataToEndOfFile().dropFirst(filler)
        ended.wait()
        outcome = Command.Outcome(
            status: process.shellStatus, output: text,
            error: String(decoding: message, as: UTF8.self))
    }

    /// Fills a pipe and tells how many bytes that took.
    private static func fill(_ descriptor: Int32) -> Int {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(descriptor, F_SETFL, flags) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        var filled = 0
        for size in [zeros.count, 1] {
            while case let count = write(descriptor, zeros, size), count > 0 { filled += count }
        }
        return filled
    }

    /// Reads until there were so many lines, the end, or a minute of silence.
    private static func read(_ descriptor: Int32, lines: Int) -> Data {
        var (text, seen) = (Data(), 0)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while seen < lines, poll(&waiting, 1, 60_000) == 1 {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            for byte in buffer[..<count] where byte == 0x0A { seen += 1 }
            text += buffer[..<count]
        }
        return text
    }

    private static func peak(of process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        let number = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
        return try #require(Int(number)) * 1024
    }
}
