"""Asking other systems about what propto exports."""

import os
import re
import shutil

from tally import run

# A query is given up after so many milliseconds; what is not decided then is counted as such. Linear
# ones are all decided. Of nonlinear ones most of those that are not decided at once never are; only
# `make trust` (TRUST=1) waits as long for them.
PATIENCE_MS = 1000
PATIENCE_NONLINEAR_MS = PATIENCE_MS if os.environ.get("TRUST") else 100
SOLVERS = {
    "z3": ["z3", "-t:%d", "-in"],
    "cvc5": ["cvc5", "--lang=smt2", "--incremental", "-q", "--tlimit-per=%d"],
}
QUERY = re.compile(r'^"?(?:.*): (sat|unsat|unknown)"?$')


def solvers_found():
    return [name for name in SOLVERS if shutil.which(name)]


def is_linear(script):
    return "QF_NRA" not in script


def command(name, script):
    most = PATIENCE_MS if is_linear(script) else PATIENCE_NONLINEAR_MS
    return [word.replace("%d", str(most)) for word in SOLVERS[name]]


def queries(script):
    """The statuses that the script expects, in order."""
    return re.findall(r'^\(echo "[^"]*: (sat|unsat|unknown)"\)$', script, re.M)


class Said:
    """What a solver made of a script: how many of its queries it agrees with, did not decide,
    contradicts; how many propto did not decide; how many were not answered at all."""

    def __init__(self, name, script):
        self.ran = run(command(name, script), stdin=script.encode(), patience=600)
        self.agree = self.undecided = self.wrong = self.open = 0
        lines = self.ran.out.splitlines()
        for i, line in enumerate(lines):
            expected = QUERY.match(line)
            if expected:
                self.count(expected.group(1), lines[i + 1] if i + 1 < len(lines) else "")
        answered = self.agree + self.undecided + self.wrong + self.open
        self.missing = len(queries(script)) - answered
        self.errors = [line for line in lines if line.startswith("(error")
                       and "unsat core" not in line and "annotation" not in line]

    def count(self, expected, got):
        if got not in ("sat", "unsat"):
            self.undecided += 1
        elif expected == "unknown":
            self.open += 1
        elif got == expected:
            self.agree += 1
        else:
            self.wrong += 1

    def good(self, linear):
        """Linear queries are decided, all of them."""
        return not (self.wrong or self.missing or self.errors or (linear and self.undecided))
