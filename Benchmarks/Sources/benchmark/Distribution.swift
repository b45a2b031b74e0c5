/// What samples say: their median and the range of the middle half.
struct Distribution {
    let median, lowerQuartile, upperQuartile: Double

    init(_ samples: [Double]) {
        let sorted = samples.sorted()
        func quantile(_ part: Double) -> Double {
            let place = part * Double(sorted.count - 1)
            let (below, rest) = (Int(place), place - place.rounded(.down))
            return sorted[below] + rest * (sorted[min(below + 1, sorted.count - 1)] - sorted[below])
        }
        (lowerQuartile, median, upperQuartile) = (quantile(0.25), quantile(0.5), quantile(0.75))
    }
}
