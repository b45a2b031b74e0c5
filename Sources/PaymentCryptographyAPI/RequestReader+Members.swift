/// The string members of the requests, each decoded by its shape.
extension RequestReader {
    mutating func keyIdentifier() throws(JSONError) -> String? {
        try value(.keyArnOrKeyAliasType) { KeyIdentifierPattern.decode($0) }
    }

    mutating func transactionData() throws(JSONError) -> [UInt8]? {
        let shape = StringShape.transactionDataType
        return try value(shape) { HexadecimalText.bytes($0, count: shape.length) }
    }

    mutating func majorKeyDerivationMode() throws(JSONError) -> MajorKeyDerivationMode? {
        try value(.majorKeyDerivationMode) { MajorKeyDerivationMode($0) }
    }

    mutating func primaryAccountNumber() throws(JSONError) -> PrimaryAccountNumber? {
        try value(.primaryAccountNumberType) { PrimaryAccountNumber($0) }
    }

    /// 0 to 99, from exactly two digits.
    mutating func panSequenceNumber() throws(JSONError) -> UInt8? {
        try value(.numberLengthEquals2) { text in
            guard text.count == 2, isDigit(text[0]), isDigit(text[1]) else { return UInt8?.none }
            let zero = UInt8(ascii: "0")
            return (text[0] - zero) * 10 + (text[1] - zero)
        }
    }

    /// A big-endian value of the shape's length, which is that of the integer.
    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ shape: StringShape
    ) throws(JSONError) -> Value? {
        try value(shape) { HexadecimalText.integer($0) }
    }
}
