import CKernelRounds

/// DES rounds of a backend, data in cache, for all of its lanes at a time. The units are rounds.
final class RoundsCase: MeasuredCase {
    static let work = "des-round"

    let row: Row
    let units = Int(KERNEL_ROUNDS_BLOCKS) * Int(KERNEL_ROUNDS_OF_TDES)
    private let memory: UnsafeMutableRawPointer

    /// Nil for a backend outside the kernel.
    init?(_ subject: LibrarySubject) {
        guard let memory = kernel_rounds_open(subject.backend) else { return nil }
        self.memory = memory
        row = Row(work: Self.work, backend: subject.backend, batch: subject.library.lanes)
    }

    deinit { kernel_rounds_close(memory) }

    func pass() { kernel_rounds_compute(memory) }

    /// The kernel's self-test has passed: else there were no subject.
    func check(_ agreement: Agreement) {}
}
