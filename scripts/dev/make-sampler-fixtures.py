"""Writes the exact laws that the samplers of sim/kernel are judged by: sim/kernel/samplers/fixtures/laws.json.

Probabilities of bins are computed in 40 digits (mpmath), counts by sums or, above a variance of 10^5, by an Edgeworth
expansion. SciPy gives bins and moments and must agree with every probability to 1e-6 before anything is written; only
above a variance of 10^10, where its incomplete beta function breaks down, the expansion stands alone.

  python3 -m venv /tmp/laws && /tmp/laws/bin/pip install scipy==1.14.1 mpmath==1.3.0
  /tmp/laws/bin/python scripts/dev/make-sampler-fixtures.py [--check]
"""

import json
import sys
from pathlib import Path

import numpy
from mpmath import gammainc, mp, mpf, ncdf, npdf
from scipy import stats

mp.dps = 40
DRAWS = 200_000
BINS = 20
TAILS = (1e-4, 1e-3, 0.01)
SMALLEST_EXPECTATION = 10
LARGE = 10**5
FILE = Path(__file__).resolve().parents[2] / "sim/kernel/samplers/fixtures/laws.json"

BINOMIAL = [
    (1, 0.5), (1, 1e-3), (10, 1e-3), (10, 0.3), (10, 0.5), (10, 0.999),
    (20, 0.5), (40, 0.25), (50, 0.5), (1_000, 1e-6), (1_000, 0.00999), (1_000, 0.0101), (1_000, 0.5), (1_000, 0.997),
    (1_000_000, 1e-9), (1_000_000, 1e-6), (1_000_000, 0.03), (1_000_000, 0.5), (1_000_000, 1 - 1e-5),
    (1_400_000, 0.03), (1_400_000, 3e-4),
    (10**9, 1e-12), (10**9, 1e-9), (10**9, 1e-8), (10**9, 0.03), (10**9, 0.5), (10**9, 1 - 1e-9), (10**9, 1 - 2e-8),
    (10**12, 0.5), (2**53 - 1, 1.6e-16), (2**53 - 1, 0.3),
]
POISSON = [0.01, 0.5, 1, 3, 9.99, 10, 12.5, 30, 300, 1e4, 1e6, 1e9, 1e13]
GEOMETRIC = [1e-12, 1e-6, 0.001, 0.05, 0.5, 0.95]
GAMMA = [0.05, 0.3, 0.9, 1, 1.5, 4, 100, 1e6]


def upper(law, x):
    """P(X > x) in 40 digits, independent of SciPy."""
    kind, *args = law
    if x == -numpy.inf:
        return mpf(1)
    if x == numpy.inf:
        return mpf(0)
    if kind == "binomial":
        n, p = args[0], mpf(args[1])
        return binomial_upper(n, p, int(x)) if 2 * p < 1 else 1 - binomial_upper(n, 1 - p, n - int(x) - 1)
    if kind == "poisson":
        mean = mpf(args[0])
        return edgeworth(mean, mean, mean, mean, x) if mean > LARGE else gammainc(int(x) + 1, 0, mean, regularized=True)
    if kind == "geometric":
        return (1 - mpf(args[0])) ** (int(x) + 1)
    if kind == "gamma":
        shape = mpf(args[0])
        # A gamma number of this shape exceeds x when a Poisson count of mean x stays below the shape.
        return gammainc(shape, mpf(x), regularized=True) if shape <= LARGE else 1 - edgeworth(x, x, x, x, args[0] - 1)
    if kind == "normal":
        return 1 - ncdf((mpf(x) - args[0]) / args[1])
    if kind == "logNormal":
        return 1 - ncdf((mp.log(mpf(x)) - args[0]) / args[1])
    if kind == "exponential":
        return mp.exp(-mpf(args[0]) * mpf(x))
    raise ValueError(kind)


def binomial_upper(n, p, k):
    if k < 0 or k >= n:
        return mpf(k < 0)
    variance = n * p * (1 - p)
    if variance > LARGE:
        return edgeworth(n * p, variance, variance * (1 - 2 * p), variance * (1 - 6 * p * (1 - p)), k)
    # From the bound away from the mean, so that nothing cancels.
    up = k >= n * p
    at = k + 1 if up else k
    term = mp.exp(
        mp.loggamma(n + 1) - mp.loggamma(at + 1) - mp.loggamma(n - at + 1) + at * mp.log(p) + (n - at) * mp.log1p(-p)
    )
    total = mpf(0)
    while 0 <= at <= n and term > total * mpf(10) ** -30:
        total += term
        term *= p * (n - at) / ((1 - p) * (at + 1)) if up else (1 - p) * at / (p * (n - at + 1))
        at += 1 if up else -1
    return total if up else 1 - total


def edgeworth(mean, variance, third, fourth, k):
    """P(X > k) of a law on the integers from its cumulants; the sum of its density is an integral up to k + 1/2 by
    Euler and Maclaurin, whose first correction is that of Sheppard."""
    spread = mp.sqrt(mpf(variance) - mpf(1) / 12)
    z = (mpf(int(k)) + mpf(1) / 2 - mean) / spread
    skewness = mpf(third) / spread**3
    kurtosis = mpf(fourth) / spread**4
    first = skewness * (z**2 - 1) / 6
    second = kurtosis * (z**3 - 3 * z) / 24 + skewness**2 * (z**5 - 10 * z**3 + 15 * z) / 72
    return 1 - ncdf(z) + npdf(z) * (first + second)


def describe(sampler, args, frozen, discrete):
    mean, variance, kurtosis = (float(x) for x in frozen.stats(moments="mvk"))
    expand = discrete and variance > 10**10
    edges = []
    for level in [*TAILS, *numpy.linspace(0, 1, BINS + 1)[1:-1], *(1 - level for level in reversed(TAILS))]:
        edge = float(frozen.ppf(level)) if not expand else float(int(mean + stats.norm.ppf(level) * variance**0.5))
        if not edges or edge > edges[-1]:
            edges.append(edge)
    # A bin is (edge before, edge]; too thin ones join their neighbour.
    while True:
        bounds = [-numpy.inf, *edges, numpy.inf]
        above = [upper((sampler, *args), bound) for bound in bounds]
        exact = [low - high for low, high in zip(above, above[1:])]
        thin = [i for i, p in enumerate(exact) if p * DRAWS < SMALLEST_EXPECTATION]
        if not thin or not edges:
            break
        edges.pop(min(thin[0], len(edges) - 1))
    for (low, high), p in zip(zip(bounds, bounds[1:]), exact):
        other = None if expand else interval(frozen, low, high)
        if other is not None and abs(other - p) > 1e-6 * p:
            raise SystemExit(f"{sampler} {args}: SciPy gives {other} where mpmath gives {p}")
    return {
        "sampler": sampler,
        "args": [float(a) if not float(a).is_integer() else int(a) for a in args],
        "mean": mean, "variance": variance, "excessKurtosis": kurtosis,
        "edges": [int(e) if discrete else e for e in edges],
        "probabilities": [float(p) for p in exact],
    }


def interval(frozen, low, high):
    middle = frozen.median()
    if low >= middle:
        return float(frozen.sf(low) - frozen.sf(high))
    return float(frozen.cdf(high) - frozen.cdf(low))


def laws():
    for n, p in BINOMIAL:
        yield describe("binomial", (n, p), stats.binom(n, p), True)
    for mean in POISSON:
        yield describe("poisson", (mean,), stats.poisson(mean), True)
    for p in GEOMETRIC:
        yield describe("geometric", (p,), stats.geom(p, loc=-1), True)
    for shape in GAMMA:
        yield describe("gamma", (shape,), stats.gamma(shape), False)
    yield describe("normal", (0, 1), stats.norm(), False)
    yield describe("normal", (-3, 0.25), stats.norm(-3, 0.25), False)
    yield describe("exponential", (0.25,), stats.expon(scale=4), False)
    yield describe("logNormal", (1, 0.4), stats.lognorm(0.4, scale=numpy.exp(1)), False)


def main():
    text = json.dumps({"draws": DRAWS, "laws": list(laws())}, indent=None).replace('{"sampler"', '\n{"sampler"') + "\n"
    if "--check" in sys.argv:
        if FILE.read_text() != text:
            raise SystemExit(f"{FILE} is not what this script writes")
        return
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text)


main()
