import Hummingbird
import NIOCore

/// What a request comes with besides itself.
struct APIContext: InitializableFromSource {
    /// nil where there is no connection, in tests.
    let channel: (any Channel)?

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    init() { channel = nil }
}
