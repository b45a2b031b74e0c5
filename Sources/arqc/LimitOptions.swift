import ArgumentParser
import PaymentCryptographyServer

/// How much `arqc serve` takes; an absent option is taken from the environment.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many requests an account may make in a second, on each plane.",
            discussion: "data=2000, or data=2000,control=20, or aws: the AWS service's own, 500 "
                + "and 5. Any number if absent. Each line of a batch counts.",
            valueName: "rates"))
    var rateLimit: String?

    @Option(
        help: ArgumentHelp(
            "How many requests may be under way on each plane: 1024 if absent.", valueName: "number"
        ))
    var maxRequests: String?

    @Option(
        help: ArgumentHelp(
            "How many connections may be open, more wait: 4096 if absent.", valueName: "number"))
    var maxConnections: String?

    func limits() throws -> ServerLimits {
        var limits = ServerLimits()
        if let text = setting(rateLimit, "RATE_LIMIT") {
            guard let rates = RateLimits(text) else {
                throw CommandFailure.usage(
                    "--rate-limit: aws, data=NUMBER, control=NUMBER or data=NUMBER,control=NUMBER "
                        + "expected")
            }
            limits.rates = rates
        }
        if let number = try number(maxRequests, "MAX_REQUESTS", "--max-requests") {
            limits.concurrentRequests = number
        }
        if let number = try number(maxConnections, "MAX_CONNECTIONS", "--max-connections") {
            limits.connections = number
        }
        return limits
    }
}

/// The option, or the environment variable of that name after `ARQC_`.
func setting(_ option: String?, _ name: String) -> String? {
    option ?? environmentVariable("ARQC_\(name)")
}

/// As `setting`, a number.
func number(_ option: String?, _ variable: String, _ name: String) throws -> Int? {
    guard let text = setting(option, variable) else { return nil }
    guard let number = Int(text), number > 0 else {
        throw CommandFailure.usage("\(name): a number above 0 expected")
    }
    return number
}
