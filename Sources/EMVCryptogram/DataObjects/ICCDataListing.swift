extension ICCData {
    /// The message for a person to read: a line for each data object, with its tag, length, name
    /// and value, two spaces in for each template around it.
    ///
    ///     9F36   2  Application Transaction Counter (ATC)            001C
    ///
    /// - Parameters:
    ///   - showsSensitive: whether PAN, tracks, names and PIN data are shown; else a PAN shows its
    ///     first six and last four digits, the others their length.
    public func listing(showsSensitive: Bool = false) -> String {
        objects.map { object in
            let element = object.tag.element
            let tag = String(repeating: "  ", count: object.depth) + "\(object.tag)"
            let count = String(object.value.count)
            let line =
                tag.padded(to: 6) + String(repeating: " ", count: max(1, 4 - count.utf8.count))
                + count + "  " + (element?.name ?? "(unknown)")
            guard !object.tag.isConstructed else { return line + "\n" }
            let isHidden = element?.isSensitive == true && !showsSensitive
            return line.padded(to: 60) + " " + (isHidden ? masked(object) : text(object)) + "\n"
        }.joined()
    }

    private func text(_ object: DataObject) -> String {
        let value = bytes.span.extracting(object.value)
        let digits = Hexadecimal.text(value)
        switch object.tag.element?.format {
        case .alphabetic, .alphanumeric, .alphanumericSpecial:
            guard value.indices.allSatisfy({ (0x20..<0x7F).contains(value[$0]) }) else { break }
            return digits + " \"" + String(decoding: bytes[object.value], as: UTF8.self) + "\""
        default: break
        }
        return digits
    }

    private func masked(_ object: DataObject) -> String {
        let hidden = "(\(object.value.count) bytes not shown)"
        guard object.tag == 0x5A else { return hidden }
        let digits = Hexadecimal.text(bytes.span.extracting(object.value))
        let trimmed = digits.reversed().drop { $0 == "F" }.reversed()
        return (try? PAN(String(trimmed)))?.description ?? hidden
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
