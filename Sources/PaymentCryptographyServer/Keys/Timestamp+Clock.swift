import Foundation
import PaymentCryptographyAPI

extension Timestamp {
    /// The system's time.
    public static var current: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
