"""Writes ../autocorrelation.test, ../local-autocorrelation.test and ../empirical-bayes.test.

Run from this folder: python3 spatial.py EXAMPLES, where EXAMPLES holds the folders stl, sids2 and columbus of PySAL's
example data (github.com/pysal/libpysal, BSD 3-Clause). Published values are those that PySAL's own tests assert
(github.com/pysal/esda). The others come from definitions alone: moments by dealing the values out in every order.
"""
import itertools
import math
import struct
import sys

EXAMPLES = sys.argv[1]


def dbf(path):
    """The table of a dBase file: a list of values for each column."""
    data = open(f"{EXAMPLES}/{path}", "rb").read()
    rows, start, width = struct.unpack("<IHH", data[4:12])
    columns, at, offset = {}, 32, 1
    while data[at] != 13:
        name, length = data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]
        columns[name] = [data[start + r * width + offset:start + r * width + offset + length].decode("latin1").strip()
                         for r in range(rows)]
        at, offset = at + 32, offset + length
    return columns


def gal(path, names=None):
    """Lists of neighbours from a GAL file; names, if it numbers areas by something else than 1, 2, ..."""
    words = open(f"{EXAMPLES}/{path}").read().split("\n")
    tokens = " ".join(words[1:]).split()
    size = int(words[0].split()[0]) or int(words[0].split()[1])
    names = {name: i for i, name in enumerate(names or map(str, range(1, size + 1)))}
    lists, at = [[] for _ in range(size)], 0
    while at < len(tokens):
        count = int(tokens[at + 1])
        lists[names[tokens[at]]] = sorted(names[t] for t in tokens[at + 2:at + 2 + count])
        at += 2 + count
    return lists


def rook(path):
    """Neighbours that share an edge, from a shapefile of polygons."""
    data, at, edges = open(f"{EXAMPLES}/{path}", "rb").read(), 100, {}
    area = 0
    while at < len(data):
        parts, points = struct.unpack("<ii", data[at + 44:at + 52])
        starts = list(struct.unpack(f"<{parts}i", data[at + 52:at + 52 + 4 * parts])) + [points]
        ring = struct.unpack(f"<{2 * points}d", data[at + 52 + 4 * parts:at + 52 + 4 * parts + 16 * points])
        for first, last in zip(starts, starts[1:]):
            for i in range(first, last - 1):
                edge = frozenset([ring[2 * i:2 * i + 2], ring[2 * i + 2:2 * i + 4]])
                edges.setdefault(edge, set()).add(area)
        at, area = at + 8 + 2 * struct.unpack(">i", data[at + 4:at + 8])[0], area + 1
    lists = [set() for _ in range(area)]
    for who in edges.values():
        for a in who:
            lists[a] |= who - {a}
    return [sorted(one) for one in lists]


def text(value):
    if isinstance(value, (list, tuple)):
        return " ".join(text(v) for v in value)
    return repr(value) if isinstance(value, float) else str(value)


def table(file, about):
    out = open(f"../{file}", "w")
    print(f"# {about}\n# Expected values: script reference/spatial.py. 'within' is the allowed difference, relative to the "
          "larger of the\n# value and 1. Areas are numbered from 0: first how many neighbours each has, then who they are.",
          file=out)

    def block(name, given, expected, within=1e-9, why=None):
        print(file=out)
        if why:
            print(f"# {why}", file=out)
        print(name, file=out)
        for key, value in given.items():
            print(f"    {key}: {text(value)}", file=out)
        print("->", file=out)
        for key, value in {**expected, "within": within}.items():
            print(f"    {key}: {text(value)}", file=out)
    return block


def given(values, lists, **more):
    return {"counts": [len(one) for one in lists], "neighbours": [j for one in lists for j in one], "values": values, **more}


def two_sided(one_sided):
    return 2 * one_sided


def lattice(side):
    return [[r * side + c for r, c in ((i // side - 1, i % side), (i // side, i % side - 1), (i // side, i % side + 1),
                                       (i // side + 1, i % side)) if 0 <= r < side and 0 <= c < side]
            for i in range(side * side)]


def matrix(lists, standardised):
    return [[(j in one) / (max(1, len(one)) if standardised else 1) for j in range(len(lists))] for one in lists]


def moran(x, w):
    n, mean = len(x), sum(x) / len(x)
    z = [v - mean for v in x]
    return n / sum(map(sum, w)) * sum(w[i][j] * z[i] * z[j] for i in range(n) for j in range(n)) / sum(v * v for v in z)


def geary(x, w):
    n, mean = len(x), sum(x) / len(x)
    return ((n - 1) * sum(w[i][j] * (x[i] - x[j]) ** 2 for i in range(n) for j in range(n))
            / (2 * sum(map(sum, w)) * sum((v - mean) ** 2 for v in x)))


def general_g(x, w):
    pairs = [(i, j) for i in range(len(x)) for j in range(len(x)) if i != j]
    return sum(w[i][j] * x[i] * x[j] for i, j in pairs) / sum(x[i] * x[j] for i, j in pairs)


def joins(x, w, a, b):
    return sum(w[i][j] / 2 for i in range(len(x)) for j in range(len(x)) if {x[i], x[j]} == {a, b})


def dealt(x, statistic):
    """Mean and variance over every order of the values."""
    seen = [statistic(order) for order in itertools.permutations(x)]
    mean = math.fsum(seen) / len(seen)
    return mean, math.fsum((v - mean) ** 2 for v in seen) / len(seen)


stl, sids, columbus = dbf("stl/stl_hom.dbf"), dbf("sids2/sids2.dbf"), dbf("columbus/columbus.dbf")
stl_rook, sids_queen = gal("stl/stl.gal"), gal("sids2/sids2.gal", sids["FIPSNO"])
numbers = lambda column: [float(v) for v in column]
crime, columbus_rook, columbus_queen = numbers(columbus["CRIME"]), rook("columbus/columbus.shp"), gal("columbus/columbus.gal")
# Unlike numbers of neighbours, not symmetric, an island that nobody names.
crooked, seven = [[1, 2], [0, 2, 3, 4], [4], [1, 2, 5], [0], [0, 1, 2, 3, 4], []], [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]
points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
six = [[j for j, b in enumerate(points) if a != b and math.dist(a, b) <= 15] for a in points]
six_values = [2.0, 3.0, 3.2, 5.0, 8.0, 7.0]

block = table("autocorrelation.test", "Moran's I, Geary's C, General G and join counts over all areas.")
block("moran", given(numbers(stl["HR8893"]), stl_rook, standardised="yes"),
      {"observed": 0.2436558262177166, "normal_p": two_sided(0.00013573931385468807)}, 1e-9,
      "St Louis homicide rates 1988-93. Published: PySAL test_moran.py (one-sided p, here doubled).")
block("moran", given(numbers(sids["SIDR74"]), sids_queen, standardised="yes"),
      {"observed": 0.24772519320480135, "normal_p": two_sided(5.791653907449845e-05)}, 1e-9,
      "North Carolina sudden infant deaths 1974. Published: the same.")
block("moran", given([float(v) for v in range(1, 10)], lattice(3), standardised="no"),
      {"observed": moran(list(range(1, 10)), matrix(lattice(3), False)), "expected": -1 / 8, "normal_variance": 0.053125,
       "randomised_variance": 0.0596875}, 1e-12, "3 x 3 squares, 1 to 9. Published: the same.")
block("moran", given(crime, columbus_queen, standardised="yes"),
      {"observed": 0.500188557, "randomised_p": two_sided(1.139391e-08)}, 2e-9, "Columbus crime, queen: spdep moran.test.")
for standardised in (False, True):
    w = matrix(crooked, standardised)
    for name, statistic in (("moran", moran), ("geary", geary), ("general_g", general_g)):
        mean, variance = dealt(seven, lambda x: statistic(x, w))
        block(name, given(seven, crooked, standardised="yes" if standardised else "no"),
              {"observed": statistic(seven, w), "expected": mean, "randomised_variance": variance}, 1e-12,
              "Seven areas, crooked weights, an island: all 5,040 orders.")
block("geary", given(crime, columbus_rook, standardised="yes"),
      {"observed": 0.5154408058652411, "expected": 1, "normal_variance": 0.011403109626468939, "normal_z": -4.5376938201608,
       "randomised_variance": 0.010848882767131886, "randomised_z": -4.652156651668989}, 1e-9,
      "Columbus crime, rook. Published: PySAL test_geary.py.")
block("general_g", given(six_values, six, standardised="no"),
      {"observed": 0.55709779, "randomised_p": two_sided(0.172936)}, 1e-6, "Published: PySAL test_getisord.py.")
block("join_counts", given([0] * 8 + [1] * 8, lattice(4)),
      {"both": 10, "mixed": 4, "neither": 10, "joins": 24, "chi_square": 8.166666666666666,
       "chi_square_p": 0.004266724822176128}, 1e-12, "4 x 4 squares, the first 8 nought. Published: PySAL test_join_counts.py.")
ones, w = [1, 0, 1, 1, 0, 0, 0], matrix(crooked, False)
expected = {}
for name, ends in (("both", (1, 1)), ("neither", (0, 0)), ("mixed", (0, 1))):
    mean, variance = dealt(ones, lambda x: joins(x, w, *ends))
    expected |= {name: joins(ones, w, *ends), name + "_expected": mean, name + "_variance": variance}
block("join_counts", given(ones, crooked), expected, 1e-12, "Seven areas, crooked weights: all 5,040 orders.")


def fixed(x, i):
    """Every order of the values that keeps value i in its place."""
    for rest in itertools.permutations(x[:i] + x[i + 1:]):
        yield rest[:i] + (x[i],) + rest[i:]


def local_moran(x, w, i):
    n, mean = len(x), sum(x) / len(x)
    return (x[i] - mean) * sum(w[i][j] * (x[j] - mean) for j in range(n)) / (sum((v - mean) ** 2 for v in x) / n)


def local_geary(x, w, i):
    n, mean = len(x), sum(x) / len(x)
    return sum(w[i][j] * (x[i] - x[j]) ** 2 for j in range(n)) / (sum((v - mean) ** 2 for v in x) / n)


def mean_and_variance(seen):
    mean = math.fsum(seen) / len(seen)
    return mean, math.fsum((v - mean) ** 2 for v in seen) / len(seen)


block = table("local-autocorrelation.test", "Local Moran and Geary, Gi and Gi*.")
crooked[6] = [2, 5]
for standardised in (False, True):
    w, expected = matrix(crooked, standardised), {}
    for i in range(7):
        own = max(w[i])
        around = lambda x: sum(w[i][j] * x[j] for j in range(7))
        with_own = lambda x: around(x) + own * x[i]
        for name, statistic in (("moran", local_moran), ("geary", local_geary)):
            mean, variance = mean_and_variance([statistic(x, w, i) for x in fixed(seven, i)])
            for key, value in ((name, statistic(seven, w, i)), (name + "_expected", mean), (name + "_variance", variance)):
                expected.setdefault(key, []).append(value)
        mean, variance = mean_and_variance([around(x) for x in fixed(seven, i)])
        expected.setdefault("gi", []).append((around(seven) - mean) / math.sqrt(variance))
        mean, variance = dealt(seven, with_own)
        expected.setdefault("gi_star", []).append((with_own(seven) - mean) / math.sqrt(variance))
    block("local_autocorrelation", given(seven, crooked, standardised="yes" if standardised else "no"), expected, 1e-12,
          "Seven areas, crooked weights: all orders that keep the area's own value.")
for standardised in ("no", "yes"):
    block("first_of_local", given(six_values, six, standardised=standardised), {"gi": -1.0136729, "gi_star": -1.39727626}, 1e-7,
          "Published: PySAL test_getisord.py, binary weights. Ours do not change when a row is scaled.")


def marshall(counts, people, members):
    """Mean and variance between areas of a group (Marshall 1991)."""
    total = math.fsum(people[j] for j in members)
    mean = math.fsum(counts[j] for j in members) / total
    spread = math.fsum(people[j] * (counts[j] / people[j] - mean) ** 2 for j in members) / total
    return mean, max(0.0, spread - mean / (total / len(members)))


def steadied(count, people, mean, variance):
    return mean + variance / (variance + mean / people) * (count / people - mean) if variance else mean


block = table("empirical-bayes.test", "Empirical-Bayes rates, excess risk, and Moran's I of rates.")
deaths74, births74, deaths79, births79 = (numbers(sids[c]) for c in ("SID74", "BIR74", "SID79", "BIR79"))
homicides, people = numbers(stl["HC7984"]), numbers(stl["PO7984"])
mean, variance = marshall(deaths74, births74, range(100))
block("empirical_bayes", {"events": deaths74, "populations": births74, "per": 1000},
      {"mean": mean * 1e3, "variance": variance * 1e6,
       "rates": [1e3 * steadied(e, b, mean, variance) for e, b in zip(deaths74, births74)]}, 1e-12,
      "North Carolina 1974, all counties.")
block("empirical_bayes", {"events": deaths74, "populations": births74, "per": 1, "first": 5},
      {"rates": [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]}, 5.1e-8,
      "The first five. Published: PySAL test_smoothing.py, to seven places.")
block("excess_risk", {"events": deaths74, "populations": births74, "first": 5},
      {"risks": [0.453433, 0.0, 0.775871, 0.97381, 3.13319]}, 2e-6, "Published: the same, to six digits.")
block("spatial_empirical_bayes", {**given(people, stl_rook), "events": homicides, "populations": people, "per": 1e6, "first": 10},
      {"rates": [40.1485749, 36.2437513, 49.3034844, 50.9387329, 37.273521, 36.9333797, 54.0245456, 29.9806055, 37.3034109,
                 34.7270722]}, 5.1e-8, "St Louis 1979-84, to the million. Published: the same, to nine digits.")
around = [marshall(homicides, people, stl_rook[i] + [i]) for i in range(78)]
block("spatial_empirical_bayes", {**given(people, stl_rook), "events": homicides, "populations": people, "per": 1e6},
      {"rates": [1e6 * steadied(homicides[i], people[i], *around[i]) for i in range(78)]}, 1e-12, "All counties.")
block("moran_of_rates", {**given(deaths79, sids_queen, standardised="yes"), "populations": births79},
      {"observed": 0.16622343552567395, "normal_p": two_sided(0.004191499504892171)}, 1e-9,
      "North Carolina 1979. Published: PySAL test_moran.py, Moran_Rate.")
