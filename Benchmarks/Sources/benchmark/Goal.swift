/// What this project sets itself to reach, and what was reached in this run.
struct Goal {
    let what, target: String
    /// As text and whether it is enough; nil if it was not measured.
    let reached: (text: String, isMet: Bool)?
}

/// The goals of this project, one row each.
struct Goals {
    let measurements: [Measurement]
    /// In GHz.
    let clockRate: Double
    let allocations: Int?
    let records: Int

    /// The backend that the library would choose: its rows come first.
    private var best: String? { measurements.first { !$0.row.isPeer }?.row.backend }

    private func row(_ work: String, _ backend: String?, batch: Int, threads: Int = 1)
        -> Measurement?
    {
        backend.flatMap {
            measurements[Row(work: work, backend: $0, threads: threads, batch: batch)]
        }
    }

    private func fromMemory(_ work: Work, _ backend: String?, threads: Int = 1) -> Measurement? {
        row(work.rawValue, backend, batch: records, threads: threads)
    }

    private func rate(_ what: String, _ target: Double, _ measured: Measurement?) -> Goal {
        Goal(
            what: what, target: "\(Text.grouped(target))/s",
            reached: measured.map {
                ("\(Text.grouped($0.perSecond))/s", $0.perSecond >= target)
            })
    }

    /// Against the named library, or the fastest.
    private func ratio(
        _ what: String, _ target: Double, _ measured: Measurement?, to peer: String? = nil
    ) -> Goal {
        let other = measured.flatMap { measured in
            peer.map { name in
                measurements.peers(of: measured.row).first { $0.row.subject == name }
            } ?? measurements.fastestPeer(of: measured.row)
        }
        let speed = measured.flatMap { measured in other.map { measured.speed(over: $0) } }
        return Goal(
            what: what, target: "\(Text.number(target)) × \(peer ?? "fastest library")",
            reached: speed.map {
                let time = Text.number(other!.nanoseconds.median)
                return (
                    "\(Text.ratio($0)) \(other!.row.subject) at \(time) ns", $0.median >= target
                )
            })
    }

    private func cores(_ threads: Int) -> Goal {
        let one = threads > 1 ? fromMemory(.verify, best) : nil
        let speed = one.flatMap { one in
            fromMemory(.verify, best, threads: threads).map { $0.speed(over: one) }
        }
        let target = 0.95 * Double(threads)
        return Goal(
            what: "verify on all cores, \(threads)", target: "\(Text.number(target)) × one core",
            reached: speed.map { (Text.ratio($0), $0.median >= target) })
    }

    private var rounds: Goal {
        let round = measurements.first { $0.row.work == RoundsCase.work && $0.row.backend == best }
        let cycles = round.map { $0.nanoseconds.median * clockRate }
        return Goal(
            what: "DES rounds, \(best ?? "best backend"), in cache",
            target: "95 cycles a round, 90 better",
            reached: cycles.map { ("\(Text.number($0)) cycles", $0 <= 95) })
    }

    private var allocated: Goal {
        Goal(
            what: "allocations for a record", target: "0",
            reached: allocations.map {
                ("\($0) for \(Text.grouped(Double(records))) records", 1000 * $0 < records)
            })
    }

    func all(threads: Int) -> [Goal] {
        let lines = measurements.first { $0.row.work == CommandCase.work && $0.row.threads == 1 }
        let name = best ?? "best backend"
        return [
            rate("verify, \(name), from memory", 50e6, fromMemory(.verify, best)),
            ratio("verify, \(name), from memory", 80, fromMemory(.verify, best)),
            rate("verify+arpc1, \(name), from memory", 42e6, fromMemory(.verifyAndRespond, best)),
            cores(threads), rounds,
            ratio("verify, avx2, from memory", 30, fromMemory(.verify, "avx2")),
            ratio("verify, portable, from memory", 7, fromMemory(.verify, "portable")),
            ratio(
                "verify, one alone", 1.15, row(Work.verify.rawValue, best, batch: 1),
                to: "openssl"),
            ratio(
                "verify-aes, \(name), from memory", 40, fromMemory(.verifyAES, best),
                to: "openssl-evp"),
            rate("arqc verify, CSV", 4e6, lines),
            allocated,
        ]
    }

    func text(threads: Int) -> String {
        let cells = all(threads: threads).map { goal in
            [
                goal.what, goal.target, goal.reached?.text ?? "not measured",
                goal.reached.map { $0.isMet ? "yes" : "no" } ?? "",
            ]
        }
        return Text.columns([["goal", "to reach", "reached", "met"]] + cells, words: 4)
    }
}
