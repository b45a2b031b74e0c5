/// A value whose content shows in no text: not when printed, interpolated, dumped or debugged.
public protocol NotShown: CustomStringConvertible, CustomReflectable {}

extension NotShown {
    public var description: String { "\(Self.self)(not shown)" }

    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}

extension CryptogramRequest: NotShown {}
extension ApplicationCryptogram: NotShown {}
extension AuthorizationResponse: NotShown {}
