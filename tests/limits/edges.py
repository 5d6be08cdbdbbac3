"""The limits of clause 9.1 of docs/language.md: the last text that is accepted and the first that is
not, as they stand and as their flags move them; and that the documents list them all."""

import os
import re
import tempfile

from tally import ROOT, propto, read, write

END = "\nw grows\nN ∝ w^?\n"


def padded(n):
    law = "N ∝ w" + END + "#"
    return law + "x" * (n - len(law.encode()) - 1) + "\n"


def cases(n):
    """A law with 2^n cases."""
    maxima = " ".join("w^(max(a_%d, 0))" % i for i in range(n))
    letters = ", ".join("a_%d" % i for i in range(n))
    return "param %s\nquantity N, w\nN ∝ %s\nN, w grow\n" % (letters, maxima)


def parameters(n):
    return "param %s\nquantity N, w\nN ∝ w\nw grows\n" % ", ".join("a_%d" % i for i in range(n))


def summed(n, letter):
    return " + ".join("%s_%d" % (letter, i) for i in range(n))


def product(n):
    """n times 10 terms."""
    return "Y ≳ (%s) (%s)\nY grows\n" % (summed(n, "A"), summed(10, "B"))


def comparisons(n):
    """n times 100 comparisons."""
    return "%s ≳ %s\nA_1 grows\n" % (summed(n, "A"), summed(100, "B"))


def words(n):
    return "param %s\nquantity N, w\n" % ", ".join("a_%d" % i for i in range(n))


def monomials(n):
    """n terms of degree two in an exponent, and one beside them."""
    return words(32) + "N ∝ w^(%s)" % " + ".join("a_%d a_%d" % (i // 23, 9 + i % 23) for i in range(n)) + END


def degree(n):
    return words(1) + "N ∝ w^(a_0^%d)\nN, w grow\n" % n


def citation(n):
    return "N ∝ w [%s]" % ("x" * n) + END


def power(n):
    """An exponent of n + 1 bits."""
    return "N ∝ w^(2^%d)" % n + END


def regimes(n):
    """Fifty statements and goals in each of n regimes."""
    return "N ∝ w\n" * 48 + END + "".join("regime r_%d { N fixed }\n" % i for i in range(n))


MOVED = [  # flag, code, default, a text of size n, the value to move it to
    ("--max-bytes", "E401", 16 << 20, padded, 100),
    ("--max-depth", "E402", 200, lambda n: "N ∝ " + "(" * n + "w" + ")" * n + END, 7),
    ("--max-terms", "E403", 10000, lambda n: "N ∝ " + "w " * n + END, 7),
    ("--max-digits", "E404", 1000, lambda n: "N ∝ w^(1/1%s)" % ("0" * (n - 1)) + END, 7),
    ("--max-statements", "E405", 200000, lambda n: "N ∝ w\n" * (n - 2) + END, 7),
    ("--max-name", "E407", 256, lambda n: "quantity w, N, Q%s\nN ∝ w" % ("x" * (n - 1)) + END, 9),
]
FIXED = [  # what, code, the size that is accepted, a text of size n
    ("cases", "E410", 6, cases),
    ("parameters", "E411", 100, parameters),
    ("terms of a product of sums", "E412", 100, product),
    ("comparisons between sums", "E412", 200, comparisons),
    ("terms of an exponent", "E408", 499, monomials),
    ("degree of an exponent", "E408", 40, degree),
    ("bytes of a citation", "E102", 10000, citation),
    ("bits of an exponent", "E408", 4000, power),
]


def check_edge(tally, what, code, flags, text, accepted):
    ran = propto("check", "--quiet", *flags, "-", stdin=text.encode())
    if accepted:
        tally.check(ran.code in (0, 1) and not ran.err, what + ": accepted", ran.err[:1000])
        return
    refused = ran.code == 2 and "error[%s]" % code in ran.err
    tally.check(refused, what + ": refused with " + code, "%d %s" % (ran.code, ran.err[:1000]))
    if flags or what.startswith("--"):
        tally.check(what.split()[0] in ran.err, what + ": its flag is named", ran.err[:1000])


def test_moved(tally):
    for flag, code, default, text, value in MOVED:
        for size, flags in ((default, []), (value, [flag, str(value)])):
            what = "%s %d" % (flag, size)
            check_edge(tally, what + ", just at it", code, flags, text(size), True)
            check_edge(tally, what + ", one above", code, flags, text(size + 1), False)
        further = [flag, str(2 * default)]
        check_edge(tally, flag + " moved up", code, further, text(default + 1), True)


def test_deepest(tally):
    """What the stack bears, whatever the flag says."""
    text = MOVED[1][3]
    for more in (0, 1):
        check_edge(tally, "--max-depth 1000, and %d" % more, "E402", ["--max-depth", "100000"],
                   text(1000 + more), not more)


def test_in_blocks(tally):
    """Where the reading stops within a block, that is the one error."""
    for block in ("proof {", "regime r {"):
        text = "A: N ∝ w\nw grows\n" + block + "\n" + "N ∝ w\n" * 50 + "}\n"
        ran = propto("check", "--max-statements", "20", "-", stdin=text.encode())
        codes = re.findall(r"^error\[(\w+)\]", ran.err, re.M)
        tally.check(codes == ["E405"], "--max-statements within " + block, ran.err[:1000])


def test_fixed(tally):
    for what, code, size, text in FIXED:
        check_edge(tally, "%s, %d" % (what, size), code, [], text(size), True)
        check_edge(tally, "%s, %d" % (what, size + 1), code, [], text(size + 1), False)


def test_work_of_a_limit(tally):
    """Limits that follow from others, and the number of errors that are told."""
    for flags, text, size, code, named in (
            (["--max-digits", "7"], power, 28, "E408", "--max-digits"),
            (["--max-statements", "90"], regimes, 18, "E405", "--max-statements")):
        what = " ".join(flags)
        check_edge(tally, what + " of " + text.__name__, code, flags, text(size), True)
        ran = propto("check", "--quiet", *flags, "-", stdin=text(size + 1).encode())
        tally.check(ran.code == 2 and "error[%s]" % code in ran.err and named in ran.err,
                    "%s of %s, one above" % (what, text.__name__), ran.err[:1000])
    for n in (200, 201):
        ran = propto("check", "-", stdin=("N ∝ ∝\n" * n).encode())
        tally.check(ran.err.count("error[") == n and ("error[E409]" in ran.err) == (n > 200),
                    "%d errors" % n, ran.err[-500:])


def test_files(tally):
    with tempfile.TemporaryDirectory() as folder:
        for i in range(101):
            write(os.path.join(folder, "u%d.propto" % i), "N ∝ w_%d\n" % i)
        main = os.path.join(folder, "main.propto")
        for n, flags in ((100, []), (3, ["--max-files", "3"])):
            for more in (0, 1):
                uses = "".join('use "u%d.propto"\n' % i for i in range(n + more))
                write(main, uses + "N grows\n")
                ran = propto("check", "--quiet", *flags, main)
                right = ran.code in (0, 1) if not more else (
                    ran.code == 2 and "error[E406]" in ran.err and "--max-files" in ran.err)
                tally.check(right, "%d used files, limit %d" % (n + more, n), ran.err[:1000])


def test_lists(tally):
    """--max-cores and --max-repairs cut lists, and say so."""
    text = "\n".join("A%d: Q grows\nB%d: Q shrinks" % (i, i) for i in range(3))
    for flag, member in (("--max-cores", "cores"), ("--max-repairs", "repairs")):
        for most, complete in ((1, False), (9, True)):
            ran = propto("explain", "--json", flag, str(most), "-", stdin=text.encode())
            told = '"%s_complete":%s' % (member, str(complete).lower())
            tally.check(told in ran.out, "%s %d: %s" % (flag, most, told), ran.out[:1000])


def table():
    """Clause 9 of the language: option, what it limits, default, what is said beyond it."""
    rows = re.findall(r"^\| (.*) \|$", read(os.path.join(ROOT, "docs/language.md")).split("\n## 9. ")[1], re.M)
    return [[cell.strip(" `") for cell in row.split("|")] for row in rows[1:]]


def test_documents(tally):
    """Every limit of the help stands in the table of the language, with its default and its code; so
    does every limit that is tried here; the codes have pages."""
    told = propto("--help").out.split("\nLimits:\n")[1]
    flags = re.findall(r"^  (--max-[a-z]+) N.*\(([^;\n]*)(?:;.*)?\)$", told, re.M)
    rows = table()
    tally.check(len(flags) == 10 and len(rows) > 16, "--help lists the limits", flags)
    stated = [(row[0], row[2].replace(",", "")) for row in rows if row[0]]
    tally.same("\n".join(map(str, flags)), "\n".join(map(str, stated)), "clause 9 has the limits of --help")
    pages = read(os.path.join(ROOT, "docs/errors.md"))
    tried = {(flag, "{:,}".format(default), code) for flag, code, default, _, _ in MOVED if default < 1 << 20}
    tried |= {("--max-bytes", "16 MiB", "E401"), ("--max-files", "100", "E406")}
    for row in rows:
        code = row[3]
        tally.check(not re.match("E\\d", code) or "\n### %s: " % code in pages, "a page on " + code)
        tally.check(not row[0] or not code.startswith("E") or (row[0], row[2], code) in tried,
                    "%s, %s, %s is tried" % (row[0], row[2], code))


def test_edges(tally):
    for test in (test_moved, test_deepest, test_in_blocks, test_fixed, test_work_of_a_limit,
                 test_files, test_lists, test_documents):
        test(tally)
