import CCipherKernel
import Testing

@Suite struct BackendTests {
    @Test func listEndsWithPortable() {
        #expect(TestedBackend.listed.last?.name == "portable")
        #expect(TestedBackend.listed.last?.isSupported == true)
        let end = TestedBackend.listed.count
        #expect(ck_backend_at(end) == nil)
        #expect(ck_backend_at(end + 1) == nil)
        #expect(ck_backend_at(.max) == nil)
    }

    @Test func namesAreUnique() {
        let names = TestedBackend.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { !$0.isEmpty })
    }

    /// Only libgcrypt looks secrets up in tables.
    @Test(arguments: TestedBackend.all)
    func constantTime(_ backend: TestedBackend) {
        #expect(backend.descriptor.pointee.constant_time == (backend.name != "libgcrypt"))
    }

    /// What is taken for few rows is listed, has fewer lanes, and leaks no more.
    @Test(arguments: TestedBackend.all)
    func few(_ backend: TestedBackend) {
        let fewRows = backend.descriptor.pointee.few_rows
        guard let few = backend.descriptor.pointee.few else { return #expect(fewRows == 0) }
        #expect(TestedBackend.listed.contains { $0.descriptor == few })
        #expect(few.pointee.des.lanes < backend.des.lanes)
        #expect((few.pointee.des.lanes..<backend.des.lanes).contains(fewRows))
        #expect(few.pointee.constant_time || !backend.descriptor.pointee.constant_time)
        #expect(few.pointee.few == nil)
    }

    @Test(arguments: TestedBackend.all)
    func sizes(_ backend: TestedBackend) throws {
        try backend.require()
        let alignment = Int(CK_ALIGNMENT)
        for (cipher, blockBytes) in zip(backend.ciphers, [8, 16]) {
            #expect(cipher.lanes >= 1)
            #expect(cipher.blockBytes == blockBytes)
            #expect(cipher.slicedBytes >= blockBytes * cipher.lanes)
            #expect(cipher.slicedBytes.isMultiple(of: alignment))
            #expect(cipher.functions.prepared_bytes >= alignment)
            #expect(cipher.functions.prepared_bytes.isMultiple(of: alignment))
        }
    }

    @Test(arguments: TestedBackend.all)
    func selfTestPasses(_ backend: TestedBackend) throws {
        try backend.require()
        let scratch = AlignedMemory(byteCount: ck_self_test_bytes(backend.descriptor))
        let failed = ck_self_test(backend.descriptor, scratch.start)
        #expect(failed == nil, "\(failed.map { String(cString: $0) } ?? "")")
    }
}
