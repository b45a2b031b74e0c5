/// The lines that are written for a chunk, and what they say.
struct ResultLines: ~Copyable {
    private(set) var text = OutputText()
    private(set) var tally = Progress.Tally()

    /// Replaces the lines by those of another batch.
    mutating func set<Run: StreamRun>(
        _ batch: borrowing RequestBatch, _ results: UnsafeMutableBufferPointer<Run.Result>,
        firstLine: Int, of run: Run.Type
    ) {
        text.removeAll()
        tally = Progress.Tally()
        var number = LineNumber(firstLine)
        var request = 0
        for (next, record) in batch.invalid {
            append(results, request..<next, batch, &number, of: run)
            request = next
            appendLine(&number) { text in
                text.append(record)
                return .invalid
            }
        }
        append(results, request..<batch.count, batch, &number, of: run)
    }

    private mutating func append<Run: StreamRun>(
        _ results: UnsafeMutableBufferPointer<Run.Result>, _ requests: Range<Int>,
        _ batch: borrowing RequestBatch, _ number: inout LineNumber, of run: Run.Type
    ) {
        for request in requests {
            appendLine(&number) { text in
                Run.write(results[request], of: request, in: batch, to: &text)
            }
        }
    }

    @inline(__always)
    private mutating func appendLine(
        _ number: inout LineNumber, _ members: (inout OutputText) -> Progress.Outcome
    ) {
        text.append("{\"Line\":")
        text.append(number)
        tally.count(members(&text))
        text.append("}\n")
        number.increment()
    }
}
