import ArgumentParser
import Foundation

/// The exit statuses of `arqc`, those above 2 as in sysexits.h.
enum ExitStatus {
    static let mismatch = ExitCode(1)
    static let invalid = ExitCode(2)
    static let unreadableInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let internalError = ExitCode(70)
}

/// Something that ends the command: said on standard error, in one line.
struct CommandFailure: Error, CustomStringConvertible {
    let message: String
    let status: ExitCode
    var description: String { message }

    static func usage(_ message: String) -> CommandFailure {
        CommandFailure(message: message, status: .validationFailure)
    }

    static func unreadable(_ message: String) -> CommandFailure {
        CommandFailure(message: message, status: ExitStatus.unreadableInput)
    }

    static func output(_ message: String) -> CommandFailure {
        CommandFailure(message: message, status: ExitStatus.internalError)
    }
}

/// Runs a command's work and turns what it throws into a message and an exit status.
func reportingFailures(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let failure as CommandFailure {
        complain(failure.message)
        throw failure.status
    } catch let exit as ExitCode {
        throw exit
    } catch {
        complain("\(error)")
        throw ExitStatus.internalError
    }
}

/// Says something on standard error; where that cannot be written to there is no one to tell.
func complain(_ message: String) {
    _ = writeAll(Array("arqc: \(message)\n".utf8), to: STDERR_FILENO)
}

/// Writes a line to standard output.
func say(_ line: String) throws {
    guard writeAll(Array((line + "\n").utf8), to: STDOUT_FILENO) else {
        throw CommandFailure.output("standard output: \(systemError())")
    }
}

/// Writes all of the bytes; false, with the reason in errno, if that fails.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
}

/// Writes all of the bytes; false, with the reason in errno, if that fails.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
        let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
    }
    return true
}

/// The text of the last system error.
func systemError() -> String { String(cString: strerror(errno)) }
