import Logging
import PaymentCryptographyAPI

/// Writes log entries as JSON objects, one a line.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: takes a whole line; may be called from any thread.
    public init(
        label: String, logLevel: Logger.Level, write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.label = label
        self.logLevel = logLevel
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var object = JSONObject()
        object.set("time", UTCTime.current.extended)
        object.set("level", event.level.rawValue)
        object.set("logger", label)
        object.set("message", event.message.description)
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            object.set(key, value.description)
        }
        write(object.text + [UInt8(ascii: "\n")])
    }
}
