/// A string of the API model that is one of a set of values.
public protocol EnumerationShape: RawRepresentable, CaseIterable, Codable, Hashable, Sendable
where RawValue == String, AllCases == [Self] {}
