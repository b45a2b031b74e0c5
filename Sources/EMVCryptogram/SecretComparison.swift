/// Comparison of codes that an attacker may choose, in a time that depends on their length only.
public enum SecretComparison {
    public static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in Kernel.isEqual(left, right) }
        }
    }
}
