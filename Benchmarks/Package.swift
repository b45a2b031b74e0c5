// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that embedders of the library never fetch what only a benchmark needs.

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

/// Libraries to compare with.
let peers: [Target] = [
    .systemLibrary(
        name: "CBotan", path: "CSources/CBotan", pkgConfig: "botan-2",
        providers: [.apt(["libbotan-2-dev"])]),
    .systemLibrary(
        name: "CLibgcryptPeer", path: "CSources/CLibgcryptPeer", pkgConfig: "libgcrypt",
        providers: [.apt(["libgcrypt20-dev"]), .brew(["libgcrypt"])]),
    .systemLibrary(
        name: "CNettle", path: "CSources/CNettle", pkgConfig: "nettle",
        providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    .systemLibrary(
        name: "COpenSSL", path: "CSources/COpenSSL", pkgConfig: "libcrypto",
        providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),
]

// And intel-ipsec-mb (libipsec-mb-dev), which is for x86-64 and has no pkg-config file.
#if arch(x86_64)
    let linked: [LinkerSetting] = [.linkedLibrary("IPSec_MB")]
#else
    let linked: [LinkerSetting] = []
#endif

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
                "CKernelRounds",
                "CPeers",
                "CProcessor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "EMVCryptogram", package: "swift-emv-cryptogram"),
            ],
            swiftSettings: strict),
        .target(name: "CKernelRounds", path: "CSources/CKernelRounds"),
        .target(
            name: "CPeers",
            dependencies: peers.map { .target(name: $0.name) },
            path: "CSources/CPeers",
            linkerSettings: linked),
        .target(name: "CProcessor", path: "CSources/CProcessor"),
    ] + peers,
    cxxLanguageStandard: .cxx17
)
