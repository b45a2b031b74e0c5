/// The records of a chunk by group, their order within a group kept: a radix sort of their groups'
/// signatures, by the bytes in which these differ.
final class RecordOrder {
    /// How many records are ordered at a time.
    static let capacity = 1 << indexBits
    private static let indexBits = 14

    /// A signature above an index each.
    private var entries = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    private var other = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    private(set) var count = 0
    private var differences: UInt64 = 0

    deinit {
        entries.deallocate()
        other.deallocate()
    }

    func removeAll() { (count, differences) = (0, 0) }

    func append(_ signature: UInt64) {
        entries[count] = signature << UInt64(Self.indexBits) | UInt64(count)
        differences |= entries[count] ^ entries[0]
        count += 1
    }

    func sort() {
        for shift in stride(from: Self.indexBits, to: 64, by: 8)
        where differences >> UInt64(shift) & 0xFF != 0 {
            distribute(by: UInt64(shift))
        }
    }

    /// One pass of the sort: stable, by the byte from bit `shift` on.
    private func distribute(by shift: UInt64) {
        var places = InlineArray<256, Int>(repeating: 0)
        for index in 0..<count { places[Int(entries[index] >> shift & 0xFF)] += 1 }
        var place = 0
        for digit in places.indices {
            (places[digit], place) = (place, place + places[digit])
        }
        for index in 0..<count {
            let digit = Int(entries[index] >> shift & 0xFF)
            other[places[digit]] = entries[index]
            places[digit] += 1
        }
        swap(&entries, &other)
    }

    /// The group's signature and the record's index at a place of the order.
    subscript(place: Int) -> (signature: UInt64, index: Int) {
        (
            entries[place] >> UInt64(Self.indexBits),
            Int(entries[place] & UInt64(Self.capacity - 1))
        )
    }
}
