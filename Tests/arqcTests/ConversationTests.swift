import Foundation
import Testing

/// A writer that waits for each answer before it asks again gets it at once.
@Suite struct ConversationTests {
    @Test(.timeLimit(.minutes(1)))
    func answersBeforeTheNextQuestion() throws {
        let process = try Command.process(Command.path, ["verify"], Command.guide)
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        let request = KnownAnswer.visa.request
        for (json, expected) in [
            (request.json, ResultLine.verified(1, "F28D7DA3B9577EDE")),
            (request.tampered.json, ResultLine.mismatch(2)),
        ] {
            try input.fileHandleForWriting.write(contentsOf: (json + "\n").data)
            let answer = output.fileHandleForReading.availableData
            #expect(String(decoding: answer, as: UTF8.self) == expected + "\n")
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
    }
}
