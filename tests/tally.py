"""What every runner of tests shares: running a program, counting, the closing line."""

import difflib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, os.environ.get("BUILD") or "build")
PROPTO = os.path.join(BUILD, "propto")
BLESS = bool(os.environ.get("BLESS"))
SANITIZED = bool(os.environ.get("SANITIZED"))
PATIENCE = 300 if SANITIZED else 60  # seconds for one run of the program

# The program's output depends on its inputs and options alone, so the tests fix the rest.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "TERM")}
ENVIRONMENT["LC_ALL"] = "C"
ENVIRONMENT["PATH"] = BUILD + os.pathsep + ENVIRONMENT.get("PATH", os.defpath)
# Of a library that is loaded late, as Z3's is, the search for leaks misreads what threads keep.
ASAN = "detect_leaks=1:intercept_tls_get_addr=0"
ENVIRONMENT.setdefault("ASAN_OPTIONS", ASAN)
ENVIRONMENT.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
LEAKS = os.path.join(ROOT, "tests", "leaks.supp")
if os.path.exists(LEAKS):
    ENVIRONMENT.setdefault("LSAN_OPTIONS", "print_suppressions=0:suppressions=" + LEAKS)


class Ran:
    """The outcome of one run: exit code, output and errors as text."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


def text(data):
    return data.decode("utf-8", "backslashreplace")


def run(argv, stdin=b"", cwd=ROOT, patience=PATIENCE, **more):
    """Runs argv; a run that takes too long has the code 124."""
    try:
        done = subprocess.run(argv, input=stdin, cwd=cwd, env=ENVIRONMENT, timeout=patience,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    except subprocess.TimeoutExpired as late:
        return Ran(124, text(late.stdout or b""), "stopped after %d seconds\n" % patience)
    return Ran(done.returncode, text(done.stdout), text(done.stderr))


def propto(*args, **more):
    return run([PROPTO, *args], **more)


def read(path, default=None):
    if default is not None and not os.path.exists(path):
        return default
    with open(path, encoding="utf-8", errors="backslashreplace", newline="") as f:
        return f.read()


def write(path, content):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(content)


def difference(expected, got, name):
    lines = difflib.unified_diff(expected.splitlines(), got.splitlines(),
                                 name + " (expected)", name + " (got)", lineterm="", n=2)
    return "\n".join(list(lines)[:60])


class Tally:
    """Counts what passed; prints what did not; ends with `NAME: n passed, n failed`."""

    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def check(self, good, what, why=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED %s: %s" % (self.name, what))
            if why:
                print("    " + str(why).rstrip().replace("\n", "\n    "))
        return good

    def same(self, expected, got, what):
        return self.check(expected == got, what, difference(expected, got, what))

    def close(self):
        print("%s: %d passed, %d failed" % (self.name, self.passed, self.failed))
        sys.stdout.flush()
        sys.exit(1 if self.failed or not self.passed else 0)
