// swift-tools-version: 6.2
import PackageDescription

// `arqc` is an executable product by SwiftPM's own rule, which makes one of every executable target
// of a root package. It must not be declared below: a declared product is one that dependents may
// use, so each of them would fetch the command's dependencies (Scripts/check-embedding shows that
// they fetch none).

// With STRICT_WARNINGS set, as in the checks, a warning is an error: without other flags, so that the
// packages that this one depends on are not built a second time.
let isStrict = Context.environment["STRICT_WARNINGS"] != nil
let strict: [SwiftSetting] =
    [.enableUpcomingFeature("ExistentialAny")] + (isStrict ? [.treatAllWarnings(as: .error)] : [])
let optimizedInDebug: [CSetting] = [.unsafeFlags(["-O2"], .when(configuration: .debug))]

let package = Package(
    name: "swift-emv-cryptogram",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "EMVCryptogram", targets: ["EMVCryptogram"])
    ],
    traits: [
        .default(enabledTraits: ["Gcrypt"]),
        .trait(
            name: "Gcrypt",
            description: "The libgcrypt backend: fallback, and oracle of the differential tests."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "CCipherKernel",
            path: "CSources/CCipherKernel",
            cSettings: optimizedInDebug),
        .target(
            name: "CCipherKernelGcrypt",
            dependencies: ["CCipherKernel", "CLibgcrypt"],
            path: "CSources/CCipherKernelGcrypt",
            cSettings: optimizedInDebug),
        .systemLibrary(
            name: "CLibgcrypt",
            path: "CSources/CLibgcrypt",
            pkgConfig: "libgcrypt",
            providers: [.apt(["libgcrypt20-dev"]), .brew(["libgcrypt"])]),
        .target(
            name: "CHexText",
            path: "CSources/CHexText",
            cSettings: optimizedInDebug),
        .target(
            name: "EMVCryptogram",
            dependencies: [
                "CCipherKernel",
                .target(name: "CCipherKernelGcrypt", condition: .when(traits: ["Gcrypt"])),
            ],
            swiftSettings: strict),
        .target(name: "PaymentCryptographyAPI", swiftSettings: strict),
        .target(
            name: "PaymentCryptographyOperations",
            dependencies: ["EMVCryptogram", "PaymentCryptographyAPI"],
            swiftSettings: strict),
        .target(
            name: "PaymentCryptographyServer",
            dependencies: [
                "EMVCryptogram",
                "PaymentCryptographyAPI",
                "PaymentCryptographyOperations",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "arqc",
            dependencies: [
                "CHexText",
                "EMVCryptogram",
                "PaymentCryptographyAPI",
                "PaymentCryptographyOperations",
                "PaymentCryptographyServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CCipherKernelTests",
            dependencies: ["CCipherKernel", "CCipherKernelGcrypt", "SBoxCircuits", "TestVectors"],
            swiftSettings: strict),
        .testTarget(
            name: "CHexTextTests",
            dependencies: ["CHexText"],
            swiftSettings: strict),
        .testTarget(
            name: "EMVCryptogramTests",
            dependencies: ["EMVCryptogram", "CCipherKernel", "TestVectors"],
            swiftSettings: strict),
        .testTarget(
            name: "PaymentCryptographyAPITests",
            dependencies: ["PaymentCryptographyAPI"],
            swiftSettings: strict),
        .testTarget(
            name: "PaymentCryptographyServerTests",
            dependencies: [
                "PaymentCryptographyServer", "TestVectors", "key-store-load",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            resources: [.copy("Signature/sigv4.json")],
            swiftSettings: strict),
        .testTarget(
            name: "arqcTests",
            dependencies: ["arqc", "TestVectors"],
            swiftSettings: strict),
        // What Scripts/benchmark-server compares the server with.
        .executableTarget(
            name: "echo-server",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/Server/EchoServer",
            swiftSettings: strict),
        .target(name: "PowerCut", path: "Tests/PowerCut"),
        .executableTarget(
            name: "key-store-load",
            dependencies: ["EMVCryptogram", "PaymentCryptographyServer", "PowerCut"],
            path: "Tests/KeyStoreLoad",
            swiftSettings: strict),
        .target(
            name: "SBoxCircuits",
            path: "Tests/SBoxCircuits",
            cSettings: [.headerSearchPath("../../CSources/CCipherKernel")]),
        .target(
            name: "TestVectors",
            path: "Tests/TestVectors",
            resources: [.copy("vectors")],
            swiftSettings: strict),
    ]
)
