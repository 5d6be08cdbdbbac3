"""What a run does beside its output: it opens nothing outside its tree, starts no stranger's program,
and depends on nothing but its input."""

import glob
import os
import re
import shutil
import subprocess

from tally import BUILD, ENVIRONMENT, PROPTO, ROOT, propto, run, text, write

# --- use ---


def test_use(tally, folder):
    """Whatever the way, links and all: what lies outside the tree is never opened."""
    inside, outside = os.path.join(folder, "in"), os.path.join(folder, "out")
    os.makedirs(os.path.join(inside, "deep/er"))
    os.mkdir(outside)
    write(os.path.join(outside, "secret.propto"), "SECRET ∝ ∝\n")
    write(os.path.join(inside, "fine.propto"), "N ∝ w\n")
    links = {"link.propto": "../out/secret.propto", "folder": "../out", "far": outside,
             "twice": "folder", "deep/er/up": "../../../out", "loop": "loop", "root": "/",
             "back": "deep/../..", "in2": "../in"}
    for name, to in links.items():
        os.symlink(to, os.path.join(inside, name))
    main = os.path.join(inside, "main.propto")
    for path in ("../out/secret.propto", outside + "/secret.propto", "link.propto",
                 "folder/secret.propto", "far/secret.propto", "twice/secret.propto",
                 "deep/er/up/secret.propto", "loop/secret.propto", "back/out/secret.propto",
                 "deep/../../out/secret.propto", "deep/er/../../../out/secret.propto",
                 "./.././out/secret.propto", "x/../../out/secret.propto", "root" + outside
                 + "/secret.propto", "in2/../out/secret.propto", "//" + outside + "/secret.propto",
                 "root/dev/zero", "root/dev/stdin", "file://" + outside + "/secret.propto",
                 "~/secret.propto", "$HOME/x", "fine.propto\\0/../../out/secret.propto"):
        write(main, 'use "%s"\nN ∝ w\nw grows\n' % path)
        ran = propto("check", main, stdin=b"SECRET")
        tally.check(ran.code == 2 and "SECRET" not in ran.out + ran.err,
                    "use of %s" % path.replace(folder, ""), "%d %s%s" % (ran.code, ran.out, ran.err))
    for path in ("fine.propto", "deep/../fine.propto", "in2/fine.propto", "deep/er/../../fine.propto"):
        write(main, 'use "%s"\nN ∝ w\nw grows\n' % path)
        ran = propto("check", main)
        tally.check(ran.code == 0, "use of %s stays inside" % path, ran.err)


# --- other programs ---

WAYS_OUT = set("""system popen execl execlp execle execv execvp execve execvpe fexecve posix_spawn
    posix_spawnp connect getaddrinfo gethostbyname socket bind listen accept dlopen dlmopen setlocale
    wordexp glob""".split())
# `propto verify` becomes propto-verify, the program beside it, which has no solver; the library of
# the solver is loaded when it is first asked.
ALLOWED = {("cli/verifier.o", "execv"), ("engine/smt_context.o", "dlopen")}


def names(kind, *how):
    """(File, name) of what is undefined, U, or defined, T or t, in compiled files."""
    return set(re.findall(r"^(\S+?):.*? [%s] (\w+)" % kind, run(["nm", "-A", *how]).out, re.M))


def test_nothing_is_run(tally, _):
    """No way to a shell, another program or the network is bound in, but for that one."""
    objects = os.path.join(BUILD, "obj")
    files = glob.glob(os.path.join(objects, "*", "*.o"))
    own = {name for _, name in names("Tt", *files)}
    found = {(os.path.relpath(path, objects), name) for path, name in names("U", *files)
             if name in WAYS_OUT and name not in own}
    tally.check(found == ALLOWED, "no way to another program but one", found)
    for file, ways in (("propto", {"execv", "dlopen"}), ("propto-verify", set()),
                       ("libpropto.so", {"dlopen"})):
        found = {name for _, name in names("U", "-D", os.path.join(BUILD, file))}
        tally.check("read" in found and found & WAYS_OUT == ways, "no way to another program in " + file,
                    found & WAYS_OUT)


FAKE = "#!/bin/sh\necho FAKE\n"


def test_verifier(tally, folder):
    """`propto verify` becomes the program beside it, never one of that name on the PATH, in the
    current folder, or beside a link or another name of the program."""
    proof = os.path.join(folder, "proof.json")
    propto("check", "--certificate", proof, "-e", "N ∝ w; w grows; N ∝ w^?")
    fake, alone = os.path.join(folder, "fake"), os.path.join(folder, "alone")
    os.mkdir(fake)
    os.mkdir(alone)
    write(os.path.join(fake, "propto-verify"), FAKE)
    os.chmod(os.path.join(fake, "propto-verify"), 0o755)
    os.symlink(PROPTO, os.path.join(fake, "propto"))
    copy = shutil.copy(PROPTO, alone)
    ways = {"its own": [PROPTO], "a link": [os.path.join(fake, "propto")],
            "another name": ["bash", "-c", 'exec -a ./propto "$0" "$@"', PROPTO]}
    hostile = dict(ENVIRONMENT, PATH=fake + ":" + ENVIRONMENT["PATH"])
    started = lambda argv: subprocess.run([*argv, "verify", proof], cwd=fake, env=hostile,
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for what, argv in ways.items():
        ran = started(argv)
        tally.check(ran.returncode == 0 and b": verified" in ran.stdout, "the verifier by " + what,
                    text(ran.stdout + ran.stderr))
    ran = started([copy])
    tally.check(ran.returncode == 2 and b"FAKE" not in ran.stdout and b"beside this program" in ran.stderr,
                "no verifier beside the program", text(ran.stdout + ran.stderr))


# --- the same everywhere ---


def make_locales(folder):
    """Locales with other letters and other points, where they can be made; their names."""
    made = []
    for name in ("tr_TR", "de_DE", "ar_EG") if shutil.which("localedef") else ():
        path = os.path.join(folder, name + ".UTF-8")
        done = run(["localedef", "--no-archive", "-i", name, "-f", "UTF-8", path])
        made += [name + ".UTF-8"] if done.code == 0 and os.path.isdir(path) else []
    return made


def obeys_locale(folder, name):
    """Whether a program that asks for the locale gets it."""
    done = run(["env", "LOCPATH=" + folder, "LC_ALL=" + name, "locale", "decimal_point"])
    return done.code == 0 and not done.err


def surroundings(folder, locales):
    yield from (["env", "LC_ALL=" + name] for name in ("C", "C.UTF-8", "POSIX", "no such"))
    yield from (["env", "LOCPATH=" + folder, "LC_ALL=" + name, "LANG=" + name] for name in locales)
    yield from (["env", "-i"], ["env", "TZ=Asia/Tokyo", "HOME=/", "LANG=tr_TR", "COLUMNS=30"],
                ["taskset", "-c", "0"], ["nice"], ["env", "MALLOC_PERTURB_=85"], ["setarch", "-R"],
                ["env", "GMP_NUM_THREADS=7", "OMP_NUM_THREADS=1"])


def test_same_everywhere(tally, folder):
    """Neither locale nor processors nor the run matter, nor a directory, user or time zone."""
    theory = os.path.join(ROOT, "axioms/resource-model/critical-depth.propto")
    original = os.path.join(ROOT, "axioms/resource-model/original.propto")
    web = os.path.join(folder, "i.propto")
    write(web, "param i, I\nquantity ı, İ, w\nA: ı ∝ w^(1.5 i)\nB: İ ∝ w^I\nw, ı, İ grow\nı ∝ İ^?\n")
    locales = make_locales(folder)
    if locales:
        tally.check(all(obeys_locale(folder, name) for name in locales), "the locales are sound", locales)
    else:
        print("attacks: no locale can be made here: localedef and its sources are missing")
    for args in (["check", theory], ["explain", "--json", theory], ["check", "--json", web],
                 ["export", "--to", "smt2", theory], ["export", "--to", "coq", web], ["fmt", web],
                 ["derive", "--steps", theory], ["compare", theory, original], ["vary", original, "A2"],
                 ["prove", os.path.join(ROOT, "tests/golden/prove.propto")],
                 ["check", "--certificate", "-", theory], ["check", "--timeout", "x", web]):
        before = propto(*args)
        for way in surroundings(folder, locales):
            ran = run([*way, PROPTO, *args])
            tally.check((ran.code, ran.out, ran.err) == (before.code, before.out, before.err),
                        "the same with %s: %s" % (" ".join(way), " ".join(args)), ran.err[:500])


TESTS = (test_use, test_nothing_is_run, test_verifier, test_same_everywhere)
