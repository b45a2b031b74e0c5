import HTTPTypes

/// When a request says that it was signed: `X-Amz-Date`, or `Date` where that is absent.
struct RequestDate {
    let time: UTCTime
    /// The time as `X-Amz-Date` has it.
    let basic: String
    /// In lower case.
    let headerName: String

    init(_ request: HTTPRequest) throws(AuthenticationError) {
        let name = request.headerFields.contains(.amazonDate) ? HTTPField.Name.amazonDate : .date
        let values = request.headerFields[values: name]
        guard let value = values.first else {
            throw .incomplete(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
                    + "header.")
        }
        let basic = UTCTime(basic: value)
        let time = basic ?? (name == .date ? UTCTime(http: value) : nil)
        guard values.count == 1, let time else {
            throw .incomplete("Date must be in ISO-8601 'basic format'")
        }
        self.time = time
        self.basic = basic == nil ? time.basic : value
        headerName = name.canonicalName
    }
}
