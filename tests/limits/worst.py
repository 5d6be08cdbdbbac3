"""The worst texts that clause 9.1 of docs/language.md accepts: with --timeout they end in time, and within
--max-memory, whatever it is that they ask for."""

import os
import resource
import subprocess
import tempfile
import time

import edges
from tally import ENVIRONMENT, PROPTO, SANITIZED, text, write

TIMEOUT = 1.5  # seconds
SLACK = 20 if SANITIZED else 2.5  # of processor time, for what is said of what was found
MEGABYTES = 4096
MOST = 200000 - 10  # statements


def laws(line):
    return "".join(line(i) for i in range(MOST)) + "B_0 grows\n"


WORST = {
    "statements": laws(lambda i: "B_0 ∝ C\n"),
    "quantities": laws(lambda i: "B_%d ∝ C^(%d/7)\n" % (i, i % 90 + 1)),
    "a chain of powers": laws(lambda i: "B_%d ∝ B_%d^(%d/7)\n" % (i + 1, i, i % 9 + 1)),
    "inequalities": laws(lambda i: "B_%d ≲ B_%d^2\n" % (i + 1, i)),
    "questions": "B_0 ∝ C\nB_0 grows\n" + "B_0 ∝ C^?\n" * MOST,
    "steps": "B_0 ∝ C\nB_0 grows\nproof {\n" + "B_0^3 ∝ C^3\n" * MOST + "}\n",
    "a text of 16 MiB": edges.padded(16 << 20),
    "notes": "B_0 ∝ C\n" + 'B_0 grows "%s"\n' % ("x" * 70) * (MOST - 10),
    "terms": ("N ∝ " + "w L " * 4999 + "\n") * 800 + "w grows\n",
    "comparisons": "\n".join([edges.comparisons(200).split("\n")[0]] * 100) + "\nA_1 grows\n",
    "cases": edges.cases(6) + "N ∝ w^(max(a_0, a_1, a_2) + max(a_3, a_4, a_5))\n" * 500,
    "powers of sums": "param a, b\n" + "quantity N, w, D\n" + "N ∝ (w + D)^(a - b)\n" * 1000 + "w grows\n",
    "long numbers": "".join("N ∝ w^(%s/%d)\n" % ("7" * 999, i + 2) for i in range(2000)) + "w grows\n",
    "monomials": edges.monomials(499) + "".join("N ∝ w^(a_%d a_1)\n" % (i % 32) for i in range(500)),
    "names": "".join("N_%s%d ∝ w\n" % ("x" * 240, i) for i in range(40000)) + "w grows\n",
    "errors": "N ∝ ∝ w\n" * MOST,
    "brackets": "N ∝ " + "(" * 200 + "w" + ")" * 200 + "\nw grows\n" + "N ∝ sqrt(" * 190 + "w" + ")" * 190,
    "regimes": "B_0 ∝ C\nB_0 grows\n" + "".join("regime r_%d { C fixed }\n" % i for i in range(60000)),
}


def used(args):
    """A run to its end: its exit code and errors, its seconds in all and of the processor, its megabytes."""
    with tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = subprocess.Popen([PROPTO, *args], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = text(err.read())
    return (child.returncode, said, time.monotonic() - began, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024)


def test_worst(tally):
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY
    with tempfile.TemporaryDirectory() as folder:
        for what, content in WORST.items():
            path = os.path.join(folder, "worst.propto")
            write(path, content)
            code, err, seconds, busy, megabytes = used(
                ["check", "--timeout", str(TIMEOUT), "--max-memory", str(MEGABYTES), path])
            if os.environ.get("TIMES"):
                print("%-18s code %d  %5.1f s  %5.1f s busy  %5.0f MB" % (what, code, seconds, busy, megabytes))
            tally.check(code in (0, 1, 2, 3) and "out of memory" not in err, what + ": it ends with a verdict",
                        "%d %s" % (code, err[:500]))
            tally.check(busy < TIMEOUT + SLACK and seconds < 60, what + ": in time",
                        "%.1f s, %.1f s busy" % (seconds, busy))
            tally.check(megabytes < MEGABYTES + 100 or SANITIZED, what + ": within its memory", megabytes)
