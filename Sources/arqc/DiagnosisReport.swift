import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

/// What `arqc diagnose` has found, for people and for machines.
struct DiagnosisReport {
    let diagnosis: CryptogramDiagnosis
    let keyCount: Int
    let time: Duration

    private var seconds: Double {
        Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    }

    var text: String {
        let findings = diagnosis.findings.map { finding in
            let key = keyCount > 1 ? ", with key \(finding.key + 1) of \(keyCount)" : ""
            return "The cryptogram \(finding)\(key)."
        }
        let none = ["Nothing that was tried matches:"] + diagnosis.scope.map { "  \($0)" }
        return ((findings.isEmpty ? none : findings) + [summary]).joined(separator: "\n")
    }

    private var summary: String {
        let time = String(format: "%.2f", seconds)
        let chance = String(format: "%.1e", diagnosis.chanceOfCoincidence)
        return
            "\(diagnosis.tried) ways tried in \(time) s; probability of a match by chance \(chance)"
    }

    var json: String {
        var output: [UInt8] = []
        output += "{\"Findings\":[".utf8
        for (index, finding) in diagnosis.findings.enumerated() {
            if index > 0 { output += ",".utf8 }
            append(finding, to: &output)
        }
        output += "],\"Tried\":\(diagnosis.tried),\"Seconds\":\(seconds),".utf8
        output += "\"ChanceOfCoincidence\":\(diagnosis.chanceOfCoincidence),\"Scope\":[".utf8
        for (index, line) in diagnosis.scope.enumerated() {
            if index > 0 { output += ",".utf8 }
            JSONWriter.append(string: line, to: &output)
        }
        output += "]}".utf8
        return String(decoding: output, as: UTF8.self)
    }

    private func append(_ finding: CryptogramFinding, to output: inout [UInt8]) {
        output += "{\"Text\":".utf8
        JSONWriter.append(string: "\(finding)", to: &output)
        output += ",\"Rule\":".utf8
        JSONWriter.append(string: finding.rule, to: &output)
        output += ",\"Key\":".utf8
        output += "\(finding.key + 1),\"Mistakes\":[".utf8
        for (index, mistake) in finding.mistakes.enumerated() {
            output += "\(index > 0 ? "," : ""){\"Kind\":\"\(mistake.kind.rawValue)\",\"Text\":".utf8
            JSONWriter.append(string: "\(mistake)", to: &output)
            output += "}".utf8
        }
        output += "]}".utf8
    }
}
