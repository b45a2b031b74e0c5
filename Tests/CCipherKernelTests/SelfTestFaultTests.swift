import CCipherKernel
import Testing

/// The self-test names what is wrong with a broken backend.
@Suite struct SelfTestFaultTests {
    @Test(arguments: TestedBackend.all, Fault.all)
    func reports(_ backend: TestedBackend, _ fault: Fault) throws {
        try backend.require()
        for place in [Fault.Place.firstLane, .lastLane] {
            let name = fault.reported(by: backend, in: place)
            #expect(name?.isEmpty == false, "\(place)")
        }
    }

    /// What stands in for a function without breaking it is not reported.
    @Test(arguments: TestedBackend.all)
    func passesWithoutAFault(_ backend: TestedBackend) throws {
        try backend.require()
        let none = Fault("none") {
            $0.des.encrypt = { Fault.des.functions.encrypt($0, $1, $2, $3, $4) }
            $0.aes.equal = { Fault.aes.functions.equal($0, $1, $2, $3) }
        }
        #expect(none.reported(by: backend, in: .firstLane) == nil)
    }

    @Test func reportsTooManyLanes() throws {
        let tooMany = Fault("lanes") { $0.aes.lanes = 1025 }
        let backend = try #require(TestedBackend.listed.last)
        #expect(tooMany.reported(by: backend, in: .firstLane) == "lane count")
    }
}
