import Foundation
import NIOCore
import ServiceLifecycle

/// A server of which it is told in words where it cannot listen, and why.
struct ListeningService: Service {
    let server: any Service
    let address: ListenAddress

    func run() async throws {
        do {
            try await server.run()
        } catch let error as IOError {
            throw ListenError(address, Self.reason(error))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(address, "no such host")
        }
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "another process listens there; stop it, or choose another port"
        case EACCES: "ports below 1024 need a privilege; choose another port, or give it"
        case EADDRNOTAVAIL: "no address of this machine; 0.0.0.0 or [::] stands for all of them"
        default: error.description
        }
    }
}

/// Why a server cannot listen.
public struct ListenError: Error, CustomStringConvertible {
    public let description: String

    init(_ address: ListenAddress, _ reason: String) {
        description = "cannot listen on \(address): \(reason)"
    }
}
