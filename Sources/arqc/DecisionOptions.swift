import ArgumentParser
import EMVCryptogram

/// What the issuer answers, for the command to make the response cryptogram.
struct DecisionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Answer with an authorisation response code, 4 digits.", valueName: "hex"))
    var arc: String?
    @Option(
        help: ArgumentHelp("Answer with a card status update, 8 digits.", valueName: "hex"))
    var csu: String?
    @Option(
        help: ArgumentHelp(
            "With --csu: proprietary authentication data, up to 16 digits.", valueName: "hex"))
    var prop: String?

    /// Nil if no answer is asked for.
    func parsed() throws -> IssuerDecision? {
        guard csu != nil || prop == nil else {
            throw CommandFailure.usage("--prop goes with --csu")
        }
        guard arc != nil || csu != nil else { return nil }
        return IssuerDecision(
            code: try arc.map { UInt16(try hexadecimal("--arc", $0, digits: 4)) },
            cardStatusUpdate: try csu.map { UInt32(try hexadecimal("--csu", $0, digits: 8)) },
            proprietaryAuthenticationData: try prop.map { try hexadecimalBytes("--prop", $0) } ?? []
        )
    }
}
