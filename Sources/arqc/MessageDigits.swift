import Foundation

/// The digits of an option `--message`, those of standard input for '-'; white space counts for
/// nothing.
func messageDigits(_ option: String) throws -> String {
    guard option == "-" else { return option.filter { !$0.isWhitespace } }
    do {
        let input = try FileHandle.standardInput.readToEnd() ?? Data()
        return String(decoding: input, as: UTF8.self).filter { !$0.isWhitespace }
    } catch {
        throw CommandFailure.unreadable("standard input: \(systemError())")
    }
}
