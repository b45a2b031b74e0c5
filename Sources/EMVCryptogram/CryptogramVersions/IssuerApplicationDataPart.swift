/// A part of issuer application data, and where it lies.
public struct IssuerApplicationDataPart: Hashable, Sendable {
    /// What a part is.
    public enum Kind: String, Hashable, Sendable {
        /// A byte that all data of the format has.
        case constant
        case versionNumber
        case derivationKeyIndex
        case verificationResults
        case counters
        /// What the format says nothing of: an issuer's own data, or not publicly known.
        case rest
    }

    public let kind: Kind

    /// Its place in the data, in bytes from 0.
    public let range: Range<Int>
}

extension IssuerApplicationData {
    /// The parts of the data, in their order, without gaps.
    public var parts: [IssuerApplicationDataPart] {
        var parts: [IssuerApplicationDataPart] = []
        for place in bytes.indices {
            let kind = kind(of: place)
            let start = parts.last.flatMap { $0.kind == kind ? $0.range.lowerBound : nil }
            if start != nil { parts.removeLast() }
            parts.append(IssuerApplicationDataPart(kind: kind, range: (start ?? place)..<place + 1))
        }
        return parts
    }

    private func kind(of place: Int) -> IssuerApplicationDataPart.Kind {
        if place == format.versionNumber { return .versionNumber }
        if place == format.derivationKeyIndex { return .derivationKeyIndex }
        if format.verificationResults?.contains(place) == true { return .verificationResults }
        if counters?.indices.contains(place) == true { return .counters }
        return format.constants.contains { $0.place == place } ? .constant : .rest
    }
}
