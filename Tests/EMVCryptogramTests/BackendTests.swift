import CCipherKernel
@testable import EMVCryptogram
import Testing

/// The choice of a backend, and that one with a fault is never computed with.
@Suite("backend selection")
struct BackendTests {
    @Test("the best usable backend is taken; each has its name, lanes and property")
    func reports() throws {
        let reports = Backend.reports
        #expect(reports.map(\.backend.name).contains("portable"))
        #expect(reports.last?.backend.name == "libgcrypt")
        #expect(reports.allSatisfy { $0.status == .usable || $0.status == .unsupported })
        #expect(try Backend.named("portable").isConstantTime)
        #expect(try Backend.named("portable").lanes == 128)
        #expect(try !Backend.named("libgcrypt").isConstantTime)
    }

    @Test("an unknown name fails and says what there is")
    func unknownName() throws {
        for name in ["quantum", ""] {
            let error = #expect(throws: CryptogramError.self) { try Backend.named(name) }
            #expect(error?.code == .backendUnavailable)
            #expect(error?.reason.contains("portable (usable)") == true)
        }
    }

    @Test("a failed self-test is reported, the next backend taken", arguments: Fault.allCases)
    func faultInjection(fault: Fault) throws {
        let broken = fault.backend()
        defer { broken.descriptor.deallocate() }
        let list = BackendList([broken] + Kernel.backends)
        guard case .selfTestFailed(let test) = list.reports[0].status else {
            Issue.record("the fault \(fault) was not found")
            return
        }
        #expect(!test.isEmpty)
        var passedOver: [BackendReport] = []
        #expect(try list.best { passedOver.append($0) }.name != "faulty")
        #expect(passedOver.map(\.status) == [.selfTestFailed(test)])
        let error = #expect(throws: CryptogramError.self) { try list.named("faulty") }
        #expect(error?.reason.contains("self-test failed: \(test)") == true)
    }

    @Test("with nothing usable there is an error, not a fallback")
    func nothingUsable() throws {
        let broken = Fault.encryption.backend()
        defer { broken.descriptor.deallocate() }
        let list = BackendList([broken])
        let error = #expect(throws: CryptogramError.self) { try list.best { _ in } }
        #expect(error?.code == .backendUnavailable)
    }
}

/// Faults of a copy of the portable backend.
enum Fault: CaseIterable {
    case encryption, decryption, comparison, chaining, support

    /// The caller deallocates the descriptor.
    func backend() -> KernelBackend {
        let descriptor = UnsafeMutablePointer<ck_backend>.allocate(capacity: 1)
        descriptor.initialize(
            to: Kernel.backends.first { $0.name == "portable" }!.descriptor.pointee)
        let name: StaticString = "faulty"
        descriptor.pointee.name = UnsafeRawPointer(name.utf8Start)
            .assumingMemoryBound(to: CChar.self)
        switch self {
        case .encryption: descriptor.pointee.des.encrypt = { _, _, _, _, _ in }
        case .decryption: descriptor.pointee.aes.decrypt = { _, _, _, _ in }
        case .comparison: descriptor.pointee.des.equal = { mask, _, _, _ in mask?.pointee = ~0 }
        case .chaining: descriptor.pointee.des.chain = { _, _, _, _, _, _ in }
        case .support: descriptor.pointee.aes.times_x = { _, _ in }
        }
        return KernelBackend(descriptor: descriptor)
    }
}
