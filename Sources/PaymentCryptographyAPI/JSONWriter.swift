/// Writes pieces of JSON (RFC 8259) as UTF-8.
public enum JSONWriter {
    /// Appends a string with its quotation marks and the escapes that JSON requires.
    ///
    /// Every `String` can be written: it is well-formed Unicode by construction.
    ///
    ///     var line: [UInt8] = []
    ///     JSONWriter.append(string: "say \"no\"\n", to: &line)  // "say \"no\"\n", quoted
    public static func append(string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0..<0x20:
                appendEscape(control: byte, to: &output)
            default:
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(control: UInt8, to output: inout [UInt8]) {
        switch control {
        case 0x08: output.append(contentsOf: "\\b".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0C: output.append(contentsOf: "\\f".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        default:
            output.append(contentsOf: control < 0x10 ? "\\u000".utf8 : "\\u001".utf8)
            let digit = control & 0x0F
            output.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        }
    }
}
