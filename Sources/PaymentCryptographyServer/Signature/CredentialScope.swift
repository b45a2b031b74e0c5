/// What a signature is good for: a day, a region and a service.
struct CredentialScope: Equatable {
    static let service = "payment-cryptography"
    static let terminator = "aws4_request"

    /// Eight digits.
    let day: Substring
    let region: Substring
    let service: Substring

    /// Takes the scope of a credential: 20260121/us-east-1/payment-cryptography/aws4_request.
    init(_ text: Substring) throws(AuthenticationError) {
        let parts = text.parts(separatedBy: UInt8(ascii: "/"))
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else {
            throw .incomplete("Credential must have 5 parts separated by '/'")
        }
        guard parts[3] == Self.terminator else {
            throw .invalid("Credential should be scoped with a valid terminator: 'aws4_request'")
        }
        (day, region, service) = (parts[0], parts[1], parts[2])
    }

    /// - Parameter date: of the request, as `X-Amz-Date` has it.
    func check(region expected: String, date: String) throws(AuthenticationError) {
        guard service == Self.service else {
            throw .invalid("Credential should be scoped to correct service: '\(Self.service)'.")
        }
        guard region == expected else {
            throw .invalid("Credential should be scoped to a valid region: '\(expected)'.")
        }
        guard day == date.prefix(8) else {
            throw .invalid(
                "Date in Credential scope does not match YYYYMMDD from the request's date")
        }
    }

    var text: String { "\(day)/\(region)/\(service)/\(Self.terminator)" }
}
