import Foundation

/// Memory behind whose end, and before whose start, any access ends the process.
final class GuardedPage {
    private let mapping: UnsafeMutableRawPointer
    private let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))

    init() {
        let mapped = mmap(
            nil, 3 * pageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        precondition(mapped != MAP_FAILED && mapped != nil, "mmap failed")
        mapping = mapped!
        let guarded =
            mprotect(mapping, pageBytes, PROT_NONE) == 0
            && mprotect(mapping + 2 * pageBytes, pageBytes, PROT_NONE) == 0
        precondition(guarded, "mprotect failed")
    }

    deinit {
        munmap(mapping, 3 * pageBytes)
    }

    /// The last `count` bytes that may be accessed.
    func end(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(count <= pageBytes)
        return (mapping + 2 * pageBytes - count).assumingMemoryBound(to: UInt8.self)
    }

    /// The first byte that may be accessed.
    var start: UnsafeMutablePointer<UInt8> {
        (mapping + pageBytes).assumingMemoryBound(to: UInt8.self)
    }
}
