/// What is measured, as a row of the result names it.
struct Row: Hashable {
    var work: String
    var subject = LibrarySubject.name
    var backend = ""
    var threads = 1
    /// Units of work at a time.
    var batch: Int

    var isPeer: Bool { subject != LibrarySubject.name }

    var label: String {
        let name = backend.isEmpty ? subject : "\(subject) \(backend)"
        return "\(work), \(name), batch \(batch), threads \(threads)"
    }
}

/// Something to be timed.
protocol MeasuredCase: AnyObject {
    var row: Row { get }
    /// Units of work in a pass: transactions, lines or rounds.
    var units: Int { get }
    func pass() throws
    /// Runs it exactly as it is timed, and looks at what came out.
    func check(_ agreement: Agreement) throws
}
