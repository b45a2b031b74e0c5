/// The test keys, all public.
public enum TestKey {
    /// The AWS guide's: it prints the check value 08D7B4 only, which this key has.
    public static let guide = "0123456789ABCDEFFEDCBA9876543210"
    /// jPOS', both halves equal.
    public static let equalHalves = "13345779133457791334577913345779"
    /// Of the published UnionPay example, vectors/ac.json "upi-pboc-arqc".
    public static let unionPay = "F0C34A8124CEE0A91A0B034AA97D6EAC"
    public static let all = [guide, equalHalves, unionPay]

    /// The ICC master key of the guide's card, vectors/ac.json "aws-cvn10", `sk`.
    public static let guideICC = "B9EFDAD5D5F23BFB73526404C1C82046"
    /// The session key of the guide's second example, vectors/ac.json "aws-cvn18-22", `sk`.
    public static let guideSession = "FD7FEF8A3164E043C78AE57FBF976B80"
}

/// A request whose verdict and response are known from elsewhere.
///
/// "Recomputed" is: from the text of the specifications, with the DES of Python's `cryptography`
/// 48.0 (OpenSSL), which shares no code with this package.
public struct KnownAnswer: Sendable {
    public let key: String
    public let request: CryptogramInput
    /// The AuthResponseValue.
    public var answer: String?

    public var cryptogram: String { request.cryptogram! }

    /// The request with the key's name in the file of keys.
    public var named: CryptogramInput { request.with { $0.key = Self.alias(of: key) } }

    public static func alias(of key: String) -> String {
        "alias/key-\(TestKey.all.firstIndex(of: key)!)"
    }

    /// The file of keys for `named`.
    public static let keys =
        "{\(TestKey.all.map { #""\#(alias(of: $0))":"\#($0)""# }.joined(separator: ","))}"

    /// Data lengths of 8 to 512 bytes, all members of the API's union, three keys.
    public static let all = [
        visa, emvCommon, mastercard, optionB, secondMastercard, unionPay, amex, emv2000, shortest,
        longest,
    ]
}

extension KnownAnswer {
    /// AWS guide, "Verify auth request (ARQC) cryptogram" (Visa CVN 10). The guide has no ARPC
    /// that can be reproduced; it is recomputed: method 1, ARC 3030, under the ICC master key.
    public static let visa = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "Visa", pan: "9137631040001422", psn: "01",
            data: "00000000170000000000000008400080008000084016051700000000093800000B"
                + "03011203000000",
            cryptogram: "D791093C8A921769", response: .method1("3030")),
        answer: "F28D7DA3B9577EDE")

    /// AWS guide, "Issuers: general functions" (CVN 18/22). The ARPC is recomputed: method 2, CSU
    /// 00000000, under the session key.
    public static let emvCommon = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "EmvCommon", pan: "9137631040001422", psn: "01", atc: "000B",
            data: "00000000170000000000000008400080008000084016051700000000093800000B1F220103"
                + "0000000000000000000000000000000000000000000000000000008000000000000000",
            cryptogram: "61EDCC708B4C97B4", response: .method2(csu: "00000000")),
        answer: "A261EFCC")

    /// pyemv's HSM tests, vectors/ac.json and arpc.json "mc-cvn17"; padded here by method 2.
    public static let mastercard = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "Mastercard", pan: "1234567890123456", atc: "001C", un: "ABCDEF12",
            data: "00000000999900000000000001248000000000012420990600ABCDEF121800001C"
                + "A0000322000000000000000322FF80",
            cryptogram: "EAE8A620A75648D8", response: .method1("0010")),
        answer: "29CF11FBDB9CA650")

    /// jPOS' HSM results, vectors/ac.json "jpos-cskd-p80-ob19", arpc.json "jpos-arpc2-…"; padded
    /// here by method 2.
    public static let optionB = KnownAnswer(
        key: TestKey.equalHalves,
        request: CryptogramInput(
            member: "EmvCommon", pan: "8901234567890123456", atc: "3456", mode: "EMV_OPTION_B",
            data: "00000001000000000000100008400000001080084098070400111111115800"
                + "3456A0800324200080",
            cryptogram: "78289F2805494561", response: .method2(csu: "00120000")),
        answer: "26630C18")

    /// jPOS' HSM results, vectors/ac.json "jpos-mchip-p00", arpc.json "jpos-arpc1-mchip-p00";
    /// padded here by method 1.
    public static let secondMastercard = KnownAnswer(
        key: TestKey.equalHalves,
        request: CryptogramInput(
            member: "Mastercard", pan: "1234567890123456", atc: "3456", un: "11111111",
            data: "00000001000000000000100008400000001080084098070400111111115800"
                + "3456A0800324200000",
            cryptogram: "9FFD1D52AE0EC0F3", response: .method1("0012")),
        answer: "20DCD25599B060B5")

    /// vectors/ac.json "upi-pboc-arqc", arpc.json "upi-pboc-arpc"; padded here by method 2.
    public static let unionPay = KnownAnswer(
        key: TestKey.unionPay,
        request: CryptogramInput(
            member: "UnionPay", pan: "6228000100001", psn: "01", atc: "0240",
            data: "000000000001000000000000015600800460000156140701001E78EEBC7D000240"
                + "03A04002800000",
            cryptogram: "5D016C91005E7CC2", response: .method1("3031")),
        answer: "21415243527CE78F")

    /// No published value is known; recomputed, and with pyemv 1.5.0.
    public static let amex = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "Amex", pan: "378282246310005",
            data: "000000001250000000000000084000000080000840240618005E9A2C711800004203A4B000"
                + "000000",
            cryptogram: "AAA320E44AB1AAE8", response: .method1("3030")),
        answer: "2817E76A6583DDA3")

    /// No published value from an issuer master key is known; recomputed, and with pyemv 1.5.0:
    /// branch factor 4, height 8, IV 0. The ICC master key has odd parity [EMV Book 2, A1.4.1],
    /// which counts here: the tree enciphers it as a grandparent.
    public static let emv2000 = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "Emv2000", pan: "5413330089020011", psn: "01", atc: "0103",
            data: "000000003333000000000000027600000080000978240618000BADF00D39000103A0000324"
                + "000080",
            cryptogram: "74CD935EE92B573A"))

    /// One block of data, recomputed.
    public static let shortest = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "Visa", pan: "9137631040001422", psn: "01", data: "A1B2C3D4E5F60718",
            cryptogram: "605EC3B87224A831"))

    /// The most data that the API takes, 512 bytes 00 01 … FF 00 … FF; recomputed.
    public static let longest = KnownAnswer(
        key: TestKey.guide,
        request: CryptogramInput(
            member: "EmvCommon", pan: "9137631040001422", psn: "01", atc: "000B",
            data: (0..<512).map { UInt8($0 & 0xFF) }.hex, cryptogram: "FB02B0A41EAE378C"))
}
