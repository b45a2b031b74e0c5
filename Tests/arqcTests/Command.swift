import Foundation
import Testing

/// The built `arqc`, run as a user runs it: a process of its own.
enum Command {
    /// What a run left behind.
    struct Outcome {
        /// As a shell has it: 128 and the signal's number for a command that a signal ended.
        let status: Int
        let output: Data
        let error: String

        /// The lines of the output; one that is not ended is marked.
        var lines: [String] {
            var lines = output.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            let last = lines.removeLast()
            return last.isEmpty ? lines : lines + [last + " (no line feed)"]
        }

        /// Expects many lines, and tells the first that differs.
        func expect(lines expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
            let lines = lines
            #expect(lines.count == expected.count, sourceLocation: sourceLocation)
            let pair = zip(lines, expected).first { $0 != $1 }
            #expect(pair?.0 == pair?.1, sourceLocation: sourceLocation)
        }
    }

    /// The command's path, beside the test bundle: `.build/<configuration>/arqc`.
    static let path: String = {
        let places = [URL(filePath: CommandLine.arguments[0]), Bundle.main.bundleURL]
        for place in places + Bundle.allBundles.map(\.bundleURL) {
            var folder = place.deletingLastPathComponent()
            for _ in 0..<4 {
                let file = folder.appending(path: "arqc").path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
                    !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: file)
                {
                    return file
                }
                folder.deleteLastPathComponent()
            }
        }
        fatalError("no arqc beside \(CommandLine.arguments[0]): build it first")
    }()

    /// The environment with the guide's key, and a backend that every machine has.
    static let guide = ["ARQC_KEY": TestKey.guide, "ARQC_BACKEND": "portable"]

    /// Runs `arqc` to its end and expects it to tell no secret.
    ///
    /// - Parameters:
    ///   - mayTell: secrets that this run was asked to show.
    static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
        mayTell: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Outcome {
        let outcome = try launch(path, arguments, input, environment)
        Secret.expectNone(
            in: outcome, of: arguments, except: mayTell, sourceLocation: sourceLocation)
        return outcome
    }

    /// Runs a shell script to its end and expects it to tell no secret; in it `$ARQC` is the
    /// command.
    static func shell(
        _ script: String, input: Data = Data(), environment: [String: String] = [:],
        mayTell: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Outcome {
        let outcome = try launch("/bin/sh", ["-c", script], input, environment)
        Secret.expectNone(
            in: outcome, of: [script], except: mayTell, sourceLocation: sourceLocation)
        return outcome
    }

    private static func launch(
        _ executable: String, _ arguments: [String], _ input: Data, _ environment: [String: String]
    ) throws -> Outcome {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let process = try process(executable, arguments, environment)
        let (output, error) = (try folder.write("out", Data()), try folder.write("err", Data()))
        let files = [
            try FileHandle(forReadingFrom: URL(filePath: folder.write("in", input))),
            try FileHandle(forWritingTo: URL(filePath: output)),
            try FileHandle(forWritingTo: URL(filePath: error)),
        ]
        // Left to their end of life they add up to more than Foundation's search for open files,
        // at each start of a process, survives: it reads past its buffer near 1,360 of them.
        defer { for file in files { try? file.close() } }
        process.standardInput = files[0]
        process.standardOutput = files[1]
        process.standardError = files[2]
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        return Outcome(
            status: process.shellStatus,
            output: try Data(contentsOf: URL(filePath: output)),
            error: String(decoding: try Data(contentsOf: URL(filePath: error)), as: UTF8.self))
    }

    /// A process with the environment of this one, but for what `arqc` takes from it.
    static func process(
        _ executable: String, _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ARQC") }
        process.environment = inherited.merging(environment) { $1 }.merging(["ARQC": path]) { $1 }
        return process
    }
}

extension Process {
    var shellStatus: Int {
        Int(terminationStatus) + (terminationReason == .uncaughtSignal ? 128 : 0)
    }
}

extension String {
    var data: Data { Data(utf8) }
}

extension [String] {
    /// The strings as the lines of a file.
    var file: Data { map { $0 + "\n" }.joined().data }
}
