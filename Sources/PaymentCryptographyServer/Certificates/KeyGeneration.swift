import Foundation

/// Where key pairs are made, one at a time: it takes seconds, during which the threads that answer
/// requests are not to be held.
enum KeyGeneration {
    private static let queue = DispatchQueue(label: "key-generation")

    static func run<Pair: Sendable>(
        _ make: @escaping @Sendable () throws -> Pair
    ) async throws -> Pair {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: make)) }
        }
    }
}
