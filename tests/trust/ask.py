"""The programs z3 and cvc5, as processes that live for several theories, and propto.

Work is bounded by counts of steps (`:rlimit`, `--rlimit-per`), so that what is decided depends on
the question alone; a process that nevertheless hangs is killed and the question counts as `late`.
Linear questions go into one context, each between push and pop; each of the others is a script of
its own, for there z3 has its best procedure (nlsat, qsat) and heeds its limit.
"""

import os
import re
import select
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import ENVIRONMENT, PROPTO, ROOT  # noqa: E402

PATIENCE = 5.0  # seconds of wall time for one question, before the process is killed
WORK = 2000000  # steps of z3 for one question
COMMANDS = {
    "z3": ["z3", "-in"],
    "cvc5": ["cvc5", "--lang=smt2", "--incremental", "-q", "--rlimit-per=2000"],
}
ANSWERS = ("sat", "unsat", "unknown")


def found():
    return [name for name in COMMANDS if shutil.which(name)]


class Solver:
    def __init__(self, name):
        self.name, self.process, self.buffer = name, None, b""

    def start(self):
        if self.process is None:
            self.process = subprocess.Popen(COMMANDS[self.name], cwd=ROOT, env=ENVIRONMENT,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=subprocess.STDOUT)
            self.buffer = b""

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def line(self, until):
        """The next line of output; None when time is up or the process has ended."""
        while b"\n" not in self.buffer:
            left = until - time.monotonic()
            ready, _, _ = select.select([self.process.stdout], [], [], max(left, 0))
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not data:
                return None
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode("utf-8", "replace").strip().strip('"')

    def send(self, text):
        self.start()
        try:
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def head(self, logic):
        limit = "(set-option :rlimit %d)\n" % WORK if self.name == "z3" else ""
        return "(reset)\n%s(set-logic %s)\n" % (limit, logic)

    def ask(self, logic, header, bodies):
        """An answer for each body: sat, unsat, unknown, late, or what was complained of."""
        answers, apart = [], logic != "QF_LRA"
        while len(answers) < len(bodies):
            script = "" if apart else self.head(logic) + header
            for i in range(len(answers), len(bodies)):
                start = self.head(logic) + header if apart else "(push 1)\n"
                script += '%s%s(check-sat)\n%s(echo "#%d")\n' % (
                    start, bodies[i], "" if apart else "(pop 1)\n", i)
            self.send(script)
            self.collect(answers, len(bodies))
        return answers

    def collect(self, answers, n):
        while len(answers) < n:
            said = []
            until = time.monotonic() + PATIENCE
            line = self.line(until)
            while line is not None and line != "#%d" % len(answers):
                said.append(line)
                line = self.line(until)
            if line is None:
                self.close()
                answers.append("late")
                return
            answers.append(said[0] if len(said) == 1 and said[0] in ANSWERS
                           else " ".join(said)[:200] or "silent")


class Exported:
    """The export of a theory: for each of its queries what is expected, and a script of its own."""

    BLOCK = re.compile(r"\(reset\)\n")

    def __init__(self, text):
        self.text, self.frames = text, []
        for script in self.BLOCK.split(text):
            self.frames.append(self.frame(script))

    def frame(self, script):
        """Logic, header, bodies, statuses, and what is asked in each."""
        base, extra, queries, status, what, logic = [], [], [], None, "", ""
        pushed = False
        for line in script.splitlines():
            if line.startswith("(set-logic"):
                logic = line[len("(set-logic "):-1]
            elif line == "(push 1)":
                pushed, extra = True, []
            elif line == "(pop 1)":
                pushed, extra = False, []
            elif line.startswith("(echo"):
                what, status = line[len('(echo "'):-2].rsplit(": ", 1)
            elif line == "(check-sat)":
                queries.append((what, status, "\n".join(extra) + "\n"))
            elif line.startswith(("(declare-fun", "(assert")):
                (extra if pushed else base).append(line)
        return logic, "\n".join(base) + "\n", queries


def propto(text, *options, command="check"):
    """Exit code (124: stopped after a minute), output, errors."""
    try:
        done = subprocess.run([PROPTO, command, *options, "-"], input=text.encode(), cwd=ROOT,
                              env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60)
    except subprocess.TimeoutExpired:
        return 124, "", ""
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))
