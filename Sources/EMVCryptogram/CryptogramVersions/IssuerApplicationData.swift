/// Issuer application data (tag 9F10), taken apart.
public struct IssuerApplicationData: Hashable, Sendable {
    /// The whole of it, 7 to 32 bytes.
    public let bytes: [UInt8]
    public let format: IssuerApplicationDataFormat

    /// The cryptogram version number (CVN), in CCD the common core identifier.
    public var versionNumber: UInt8 { bytes[format.versionNumber] }

    /// Which issuer master key the card's key was derived from (DKI).
    public var derivationKeyIndex: UInt8 { bytes[format.derivationKeyIndex] }

    /// The card verification results (CVR); nil where their place is not known.
    public var verificationResults: ArraySlice<UInt8>? {
        format.verificationResults.map { bytes[$0] }
    }

    /// The counters as they were sent; nil if there are none. M/Chip cards may encipher them.
    public var counters: ArraySlice<UInt8>? {
        format.counters.last { $0.upperBound <= bytes.count }.map { bytes[$0] }
    }

    /// Takes data of a format.
    ///
    /// - Throws: `CryptogramError` with code `invalidIssuerApplicationData`.
    public init(
        _ bytes: some Sequence<UInt8>, format: IssuerApplicationDataFormat
    ) throws(CryptogramError) {
        self.init(unchecked: Array(bytes), format)
        if let problem = format.problem(of: self.bytes[...]) {
            throw CryptogramError(
                .invalidIssuerApplicationData, "tag 9F10: \(problem) for \(format.name)")
        }
    }

    private init(unchecked bytes: [UInt8], _ format: IssuerApplicationDataFormat) {
        self.bytes = bytes
        self.format = format
    }
}

extension IssuerApplicationDataFormat {
    /// Whether data is of the format and has a version's number.
    func fits(_ bytes: ArraySlice<UInt8>, versionNumber number: UInt8) -> Bool {
        versionNumber < bytes.count && bytes[bytes.startIndex + versionNumber] == number
            && problem(of: bytes) == nil
    }

    /// Why data is not of the format.
    fileprivate func problem(of bytes: ArraySlice<UInt8>) -> String? {
        guard lengths.contains(bytes.count), extent <= bytes.count else {
            return "\(bytes.count) bytes, \(lengthsText) expected"
        }
        for constant in constants where bytes[bytes.startIndex + constant.place] != constant.value {
            let value = [constant.value]
            return "byte \(constant.place + 1) is another, \(Hexadecimal.text(value.span)) expected"
        }
        return nil
    }

    /// How many bytes the parts need that all data of the format has.
    private var extent: Int {
        constants.reduce(
            max(versionNumber + 1, derivationKeyIndex + 1, verificationResults?.upperBound ?? 0)
        ) { max($0, $1.place + 1) }
    }

    private var lengthsText: String {
        guard lengths.count > 4 else { return lengths.map(String.init).joined(separator: ", ") }
        return "\(lengths[0]) to \(lengths[lengths.count - 1])"
    }
}

extension IssuerApplicationData: NotShown {}
