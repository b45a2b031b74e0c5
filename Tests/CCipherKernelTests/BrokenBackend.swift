import CCipherKernel
import Testing

/// A backend with one function replaced by a broken one.
///
/// C functions have no captures: what they stand in for comes to them through a task local.
struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let inject: @Sendable (inout ck_backend) -> Void

    init(
        _ description: String,
        _ inject: @escaping @Sendable (inout ck_backend) -> Void
    ) {
        testDescription = description
        self.inject = inject
    }

    /// What is broken now, and in which lane.
    @TaskLocal static var target: Target?

    struct Target: Sendable {
        let backend: TestedBackend
        let place: Place
    }

    enum Place: Sendable {
        case firstLane, lastLane

        func lane(of count: Int) -> Int { self == .firstLane ? 0 : count - 1 }
    }

    static var des: LaneCipher { target!.backend.des }
    static var aes: LaneCipher { target!.backend.aes }

    /// Flips a bit of what was stored in the lane of the fault.
    static func flip(_ rows: ck_mutable_rows, _ length: Int) {
        guard rows.count > 0, length > 0 else { return }
        let lane = target!.place.lane(of: rows.count)
        rows.base[rows.offsets.map { Int($0[lane]) } ?? lane * rows.stride] ^= 1
    }

    /// What `ck_self_test` says of the backend with the fault in a lane.
    func reported(by backend: TestedBackend, in place: Place) -> String? {
        var broken = backend.descriptor.pointee
        inject(&broken)
        let scratch = AlignedMemory(byteCount: ck_self_test_bytes(&broken))
        return Self.$target.withValue(Target(backend: backend, place: place)) {
            ck_self_test(&broken, scratch.start).map { String(cString: $0) }
        }
    }
}

extension LaneCipher {
    /// Flips the last bit of a sliced block in the lane of the fault.
    func flip(_ block: UnsafeMutableRawPointer) {
        var rows = Rows(count: lanes, length: blockBytes)
        let lane = Fault.target!.place.lane(of: lanes)
        rows.bytes[(lane + 1) * blockBytes - 1] = 1
        let bit = loaded(rows)
        functions.exclusive_or(block, block, bit.start)
    }
}
