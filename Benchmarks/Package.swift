// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that embedders of the library never fetch what only a benchmark needs.

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
    name: "swift-emv-cryptogram-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "swift-emv-cryptogram", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    ],
    targets: [
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "CPeers",
                "CProcessor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "EMVCryptogram", package: "swift-emv-cryptogram"),
            ],
            swiftSettings: strict),
        .target(
            name: "CPeers",
            dependencies: ["CLibgcryptPeer"],
            path: "CSources/CPeers"),
        .target(name: "CProcessor", path: "CSources/CProcessor"),
        .systemLibrary(
            name: "CLibgcryptPeer",
            path: "CSources/CLibgcryptPeer",
            pkgConfig: "libgcrypt",
            providers: [.apt(["libgcrypt20-dev"]), .brew(["libgcrypt"])]),
    ]
)
