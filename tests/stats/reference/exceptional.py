#!/usr/bin/env python3
"""Expected values of Farrington's flexible regression, a second way: dense weighted Poisson regression by
iteratively reweighted least squares on dummy columns, and negative-binomial tails by plain sums.
Prints the last blocks of tests/stats/exceptional.test."""
import math
import random

WINDOW, LEVELS, LEFT_OUT, THRESHOLD, ALPHA = 1, 10, 2, 2.58, 0.01


def rows_of(now):
    years = min(5, (now - WINDOW) // 12)
    between = 12 - 2 * WINDOW - 1
    level = {}
    for year in range(1, years + 1):
        centre = now - 12 * year
        for month in range(centre - WINDOW, centre + WINDOW + 1):
            level[month] = 0
        for i in range(between):  # nine months share nine levels
            level[centre + WINDOW + 1 + i] = i + 1
    for month in range(now - WINDOW, now):
        level[month] = 0
    return [(m, level[m]) for m in sorted(level) if m < now - LEFT_OUT], years


def solve(matrix, right):
    n = len(right)
    a = [row[:] + [right[i]] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[pivot] = a[pivot], a[i]
        for r in range(n):
            if r != i:
                factor = a[r][i] / a[i][i]
                a[r] = [x - factor * y for x, y in zip(a[r], a[i])]
    return [a[i][n] / a[i][i] for i in range(n)]


def fit(design, y, weights):
    mu = [v + 0.1 for v in y]
    eta = [math.log(m) for m in mu]
    k = len(design[0])
    for _ in range(60):
        w = [p * m for p, m in zip(weights, mu)]
        z = [e + (v - m) / m for e, v, m in zip(eta, y, mu)]
        info = [[sum(wi * x[a] * x[b] for wi, x in zip(w, design)) for b in range(k)] for a in range(k)]
        beta = solve(info, [sum(wi * zi * x[a] for wi, zi, x in zip(w, z, design)) for a in range(k)])
        eta = [sum(b * v for b, v in zip(beta, x)) for x in design]
        mu = [math.exp(e) for e in eta]
    w = [p * m for p, m in zip(weights, mu)]
    info = [[sum(wi * x[a] * x[b] for wi, x in zip(w, design)) for b in range(k)] for a in range(k)]
    phi = sum(p * (v - m) ** 2 / m for p, v, m in zip(weights, y, mu)) / (len(y) - k)
    return beta, mu, info, phi


def quadratic(info, x):
    return sum(a * b for a, b in zip(x, solve(info, x)))


def farrington(counts, trend):
    now = len(counts) - 1
    rows, years = rows_of(now)
    trend = trend and years >= 3
    levels = sorted({level for _, level in rows})

    def columns(level, month):
        return [1.0 if level == one else 0.0 for one in levels] + ([(month - now) / 12] if trend else [])

    design = [columns(level, month) for month, level in rows]
    y = [counts[month] for month, _ in rows]
    weights = [1.0] * len(y)
    beta, mu, info, phi = fit(design, y, weights)
    residual = []
    for x, v, m in zip(design, y, mu):
        free = 1 - m * quadratic(info, x)
        raw = 1.5 * (v ** (2 / 3) * m ** (-1 / 6) - m**0.5)
        # The only month of its level fits itself.
        residual.append(raw / math.sqrt(max(phi, 1) * free) if free > 1e-9 else 0.0)
    weights = [s**-2 if s > THRESHOLD else 1.0 for s in residual]
    weights = [w * len(y) / sum(weights) for w in weights]
    beta, mu, info, phi = fit(design, y, weights)
    x = columns(0, now)
    mean = math.exp(sum(b * v for b, v in zip(beta, x)))
    if trend and mean > max(y):
        return farrington(counts, False)
    months = 1 / (mean * quadratic(info, x))
    return mean, max(phi, 1.0), months, sum(s > THRESHOLD for s in residual)


def tails(mean, ratio, count):
    size = mean / (ratio - 1)
    term = math.exp(-size * math.log(ratio))
    above, at_least, bound, k = 1.0, 1.0, None, 0
    while bound is None or k < count:
        if k < count:
            at_least -= term
        above -= term
        if bound is None and above <= ALPHA:
            bound = k
        term *= (1 - 1 / ratio) * (size + k) / (k + 1)
        k += 1
    return bound, at_least


def main():
    random.seed(1996)
    for months, level, growth, outbreak, trend in (
        (62, 9, 0.0, None, 1), (62, 30, -0.15, 25, 1), (62, 4, 0.1, 47, 1), (34, 12, 0.0, 20, 0), (74, 60, -0.05, 61, 1)):
        counts = []
        for month in range(months):
            mean = level * math.exp(growth * month / 12) * (1 + 0.3 * math.sin(month * math.pi / 6))
            noise = random.gammavariate(8, mean / 8)
            count = round(noise)
            counts.append(count * 4 + 10 if month == outbreak else count)
        fitted, phi, effective, down = farrington(counts, bool(trend))
        mean = (fitted * effective + phi / 2) / effective
        bound, p = tails(mean, phi * (1 + 1 / effective), counts[-1])
        print(f"\n# A second way: {months} months, {down} of them weighted down.")
        print(f"exceptional\n    counts: {' '.join(map(str, counts))}\n    trend: {trend}\n->")
        print(f"    expected: {mean:.15g}\n    dispersion: {phi:.15g}\n    bound: {bound}\n    p: {p:.15g}\n    within: 1e-09")


if __name__ == "__main__":
    main()
