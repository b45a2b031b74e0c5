import Foundation
import Hummingbird
import Logging

/// Answers each POST with its body: what a Hummingbird server costs that does nothing else.
@main
struct EchoServer {
    static func main() async throws {
        let router = Router()
        router.post("cryptogram/verify") { request, _ in
            let body = try await request.body.collect(upTo: 16 * 1024)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: body))
        }
        var logger = Logger(label: "echo-server")
        logger.logLevel = .error
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                let line = "listening on port \(channel.localAddress?.port ?? 0)\n"
                FileHandle.standardError.write(Data(line.utf8))
            },
            logger: logger)
        try await application.runService()
    }
}
