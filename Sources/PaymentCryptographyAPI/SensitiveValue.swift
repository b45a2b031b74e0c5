/// A value whose content shows in no text: not when printed, interpolated, dumped or debugged.
public protocol SensitiveValue:
    CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension SensitiveValue {
    public var description: String { "\(Self.self)(not shown)" }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
