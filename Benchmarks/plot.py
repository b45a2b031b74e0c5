"""Draws the rows of Scripts/benchmark --json: verifications a second on one core."""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter

OURS = "EMVCryptogram"
PANELS = {
    "verify": "TDES: option A, common session key, MAC algorithm 3 over 48 bytes",
    "verify+arpc1": "the same and ARPC method 1",
    "verify-aes": "AES-128: option C, common session key, CMAC over 48 bytes",
}


def fastest(rows, work):
    """The fastest batch on one core of each subject and backend, slowest first."""
    best = {}
    for row in rows:
        name = " ".join(filter(None, (row["subject"], row["backend"])))
        if row["work"] == work and row["threads"] == 1 and row["batch"] > 1:
            if name not in best or row["perSecond"] > best[name]["perSecond"]:
                best[name] = row
    return sorted(best.items(), key=lambda item: item[1]["perSecond"])


def rate(value, _=None):
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def draw(axes, work, bars):
    names = [name for name, _ in bars]
    rates = [row["perSecond"] for _, row in bars]
    colors = ["#c8102e" if row["subject"] == OURS else "#8a94a0" for _, row in bars]
    axes.barh(names, rates, color=colors, height=0.7)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(rate))
    axes.set_title(f"{work} — {PANELS[work]}", loc="left", fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#e4e7ea")
    axes.set_axisbelow(True)
    for name, value in zip(names, rates):
        axes.annotate(rate(value), (value, name), xytext=(4, 0), va="center", fontsize=8,
                      textcoords="offset points")


def main():
    source, title = pathlib.Path(sys.argv[1]), sys.argv[2]
    rows = json.loads(source.read_text())
    panels = [(work, bars) for work in PANELS if (bars := fastest(rows, work))]
    if not panels:
        sys.exit(f"{source}: no rows of one core with a batch")
    plt.rcParams.update({"font.size": 8, "svg.fonttype": "none", "svg.hashsalt": source.name,
                         "font.family": "sans-serif"})
    lengths = [len(bars) for _, bars in panels]
    figure, axes = plt.subplots(
        len(panels), squeeze=False, sharex=True, figsize=(8, 0.23 * sum(lengths) + 0.75 * len(panels) + 0.8),
        height_ratios=lengths, layout="constrained")
    for axis, (work, bars) in zip(axes[:, 0], panels):
        draw(axis, work, bars)
    every = [row["perSecond"] for _, bars in panels for _, row in bars]
    axes[0, 0].set_xlim(min(every) / 3, max(every) * 3)
    axes[-1, 0].set_xlabel("verifications a second on one core, logarithmic")
    figure.suptitle(title, fontsize=10)
    figure.savefig(source.with_suffix(".svg"), metadata={"Date": None})


main()
