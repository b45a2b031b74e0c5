import ArgumentParser
import CProcessor
import EMVCryptogram

/// What to measure.
struct Selection: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only this work: verify, verify+arpc1, verify-aes, csv or des-round; may be repeated.",
            valueName: "name"))
    var work: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only this subject, EMVCryptogram or another library; may be repeated.",
            valueName: "name"))
    var subject: [String] = []

    @Option(help: ArgumentHelp("Only this backend of EMVCryptogram.", valueName: "name"))
    var backend: String?

    @Option(help: ArgumentHelp("Up to so many cores (default: all).", valueName: "count"))
    var threads: Int?

    static let works = Work.allCases.map(\.rawValue) + [CommandCase.work, RoundsCase.work]

    func validate() throws {
        if let unknown = work.first(where: { !Self.works.contains($0) }) {
            throw ValidationError(
                "--work \(unknown): one of \(Self.works.joined(separator: ", ")) expected")
        }
        let names = [LibrarySubject.name] + PeerSubject.all.map(\.name)
        if let unknown = subject.first(where: { !names.contains($0) }) {
            throw ValidationError(
                "--subject \(unknown): one of \(names.joined(separator: ", ")) expected")
        }
        guard (1...1024).contains(threads ?? 1) else {
            throw ValidationError("--threads: 1 to 1024 expected")
        }
    }

    var cores: Int { min(threads ?? .max, Int(processor_count())) }

    var works: [Work] { Work.allCases.filter { includes(work: $0.rawValue) } }

    var peers: [PeerSubject] { PeerSubject.all.filter { includes(subject: $0.name) } }

    var libraries: [LibrarySubject] {
        get throws {
            includes(subject: LibrarySubject.name) ? try LibrarySubject.all(named: backend) : []
        }
    }

    func includes(work name: String) -> Bool { work.isEmpty || work.contains(name) }

    private func includes(subject name: String) -> Bool {
        subject.isEmpty || subject.contains(name)
    }
}
