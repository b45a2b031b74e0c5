import ArgumentParser
import Foundation

/// The exit statuses of `arqc`, those above 2 as in sysexits.h.
enum ExitStatus {
    static let mismatch = ExitCode(1)
    static let invalid = ExitCode(2)
    static let unreadableInput = ExitCode(66)
    static let internalError = ExitCode(70)
}

/// Something that ends the command: said on standard error, in one line.
struct CommandFailure: Error {
    let message: String
    let status: ExitCode

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

func complain(_ message: String) {
    FileHandle.standardError.write(Data("arqc: \(message)\n".utf8))
}

/// The text of the last system error.
func systemError() -> String { String(cString: strerror(errno)) }
