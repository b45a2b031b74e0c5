import Foundation

/// What it was measured on.
enum Machine {
    /// The CPU's own name with its family and model, as virtual machines tell short names; where
    /// the system tells them.
    static var processorName: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        var fields: [Substring: String] = [:]
        for line in text.prefix(upTo: text.firstRange(of: "\n\n")?.lowerBound ?? text.endIndex)
            .split(separator: "\n")
        {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = parts[0].prefix { $0 != "\t" }
            fields[name] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        guard let name = fields["model name"] else { return "unknown CPU" }
        guard let family = fields["cpu family"], let model = fields["model"] else { return name }
        return "\(name) (family \(family), model \(model))"
    }

    /// The time that all CPUs have worked for others than this process, in seconds; 0 where the
    /// system does not tell it.
    static var otherWork: Double {
        guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else {
            return 0
        }
        // cpu user nice system idle iowait irq softirq steal …, in clock ticks [proc(5)]
        let ticks = text.prefix { $0 != "\n" }.split(separator: " ").compactMap { Double($0) }
        guard ticks.count >= 8 else { return 0 }
        let work = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]
        return work / Double(sysconf(Int32(_SC_CLK_TCK))) - Stopwatch.secondsOfProcess
    }
}

/// How much others worked since it was made. Also on other CPUs they may slow this process down:
/// caches, memory and even the core may be shared.
struct OtherWork {
    private let start = ContinuousClock.now
    private let workAtStart = Machine.otherWork

    /// How many CPUs they kept busy, on average.
    var cpus: Double {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return max(0, (Machine.otherWork - workAtStart) / seconds)
    }
}
