"""Hostile text, from wherever it comes, reaches no output as it is, and ends no comment, name or string
of a format."""

import json
import os
import pty
import re
import select
import subprocess
import unicodedata

from tally import ENVIRONMENT, PROPTO, Ran, propto, text, write

# Characters of general category Cf that can be seen, and the two joiners, of which words are made.
SHOWN = {*range(0x600, 0x606), 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd,
         *range(0x13430, 0x13456), 0x200c, 0x200d}
# Default_Ignorable_Code_Point that is not Cf; variation selectors may follow a sign.
WITHOUT_SHAPE = {0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, *range(0x180b, 0x1810), 0x3164, 0xffa0,
                 *range(0xe0100, 0xe01f0)}


def may_not_be_shown(c):
    category = unicodedata.category(chr(c))
    return (category in ("Cc", "Zl", "Zp") and c != 10 or c in WITHOUT_SHAPE
            or category == "Cf" and c not in SHOWN)


FORBIDDEN = [c for c in range(0x110000) if may_not_be_shown(c)]
UNSAFE = re.compile("[%s]" % "".join(re.escape(chr(c)) for c in FORBIDDEN))
# What no theory may hold.
REFUSED = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What a terminal obeys, and what each format has for a quote or a comment.
CONTROLS = "\x1b[2J\x1b]0;owned\x07\r\x08\x7f\u009b31m"
HIDDEN = "\u2028\ufeff\U000e0041\u200b"
TURNED = "\u202e\u2066\u200f"
BREAKING = '|)\\(assert false)(exit); *) Qed. "}],{<script>'
ATTACKS = (CONTROLS, HIDDEN, TURNED, BREAKING)
COMMANDS = [line.split() for line in (
    "check", "check --json", "check --ascii", "check --certificate -", "explain", "explain --json",
    "derive", "derive --table", "derive --exponents", "derive --json --steps", "prove",
    "prove --json", "fmt --check", "fmt --json", "export --to smt2", "export --to coq",
    "vary --json", "compare", "compare --json")]
PLACES = {  # where text of a file stands; %s is the attack
    "a note": 'quantity N "%s"\nquantity w\nA: N ∝ w "%s"\nw grows\nN ∝ w^? "%s"\n',
    "a citation": "A: N ∝ w [%s]\nw grows\nN ∝ w^? [%s]\n",
    "a title": 'A: N ∝ w\nw grows\nproof "%s" { 1: w ∝ N by A "%s" }\n',
    "the note of a regime": 'A: N ∝ w\nw grows\nN ∝ w^?\nregime r "%s" { N fixed "%s" }\n',
    "a name": "N%s ∝ w\nw grows\n",
    "a label": "A%s: N ∝ w\nw grows\n",
    "a path": 'use "%s"\n',
    "a comment": "N ∝ w # %s\nw grows ∝\n",
    "a law": "N ∝ %s w\nw grows\n",
}


def arguments(command, path):
    if command[0] == "vary":
        return [*command, path, "@1"]
    return [*command, path, path] if command[0] == "compare" else [*command, path]


def is_safe(tally, what, ran):
    found = UNSAFE.findall(ran.out + ran.err)
    tally.check(not found and 0 <= ran.code <= 3, what,
                "exit code %d, %s\n%r" % (ran.code, found[:5], (ran.out + ran.err)[:1500]))
    return not found


def is_json(tally, what, ran):
    try:
        for line in ran.out.splitlines():
            json.loads(line)
    except ValueError as wrong:
        tally.check(False, what + " stays JSON", "%s\n%s" % (wrong, ran.out[:1500]))


def try_commands(tally, what, path):
    for command in COMMANDS:
        ran = propto(*arguments(command, path))
        said = "%s, %s" % (what, " ".join(command))
        is_safe(tally, said, ran)
        if "--json" in command or "--certificate" in command:
            is_json(tally, said, ran)
        if "--ascii" in command:
            tally.check(ran.out.isascii(), said + ": ASCII", ran.out[:1500])


def test_places(tally, folder):
    path = os.path.join(folder, "evil.propto")
    for place, content in PLACES.items():
        for attack in ATTACKS:
            write(path, content.replace("%s", attack))
            try_commands(tally, "%s in %s" % (ascii(attack), place), path)


def test_characters(tally, folder):
    """Every character of Unicode: in a note that is shown, and in a word of the command line."""
    path = os.path.join(folder, "all.propto")
    told = [chr(c) for c in range(0x110000) if not 0xd800 <= c < 0xe000]
    for some in ["".join(told[i:i + 32000]) for i in range(0, len(told), 32000)]:
        if set(FORBIDDEN).isdisjoint(map(ord, some)):
            continue
        note = re.sub('[%s\n\0"”]' % REFUSED, "", some)
        write(path, 'A: N ∝ w "%s"\nB: N ∝ w^2\nw grows\n' % note)
        for command, code in (("check", 1), ("check --json", 1), ("export --to smt2", 0),
                              ("export --to coq", 0)):
            what = "the characters from %x, %s" % (ord(some[0]), command)
            ran = propto(*command.split(), path)
            is_safe(tally, what, ran)
            tally.check(ran.code == code, what + ": it is read", ran.err[:1500])
        is_safe(tally, "the word of them", propto("explain-code", some.replace("\0", "")))
        is_safe(tally, "the option", propto("--x" + some.replace("\0", "")))


def test_overlong(tally, _):
    """What is no UTF-8 comes out as none of what it would stand for."""
    for raw in (b"\xc0\x9b2J", b"\xe0\x80\x9b2J", b"\xf0\x80\x80\x9b", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
                b"\xf8\x88\x80\x80\x9b", b"\xe2\x80", b"\xff"):
        ran = subprocess.run([PROPTO, "explain-code", b"E" + raw], env=ENVIRONMENT,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        told = (ran.stdout + ran.stderr).decode("utf-8", "replace")
        tally.check("\ufffd" not in told and not UNSAFE.search(told), "the bytes %r" % raw, told)


# --- formats ---


SMT_NOISE = re.compile(r"\|[^|\\]*\||;[^\n]*")
COQ_TOKEN = re.compile(r'\(\*|\*\)|"(?:[^"])*"|.', re.S)


def coq_code(script):
    """What is left without comments; comments nest, and so do strings in them."""
    depth, kept = 0, []
    for token in COQ_TOKEN.findall(script):
        depth += (token == "(*") - (token == "*)")
        kept.append(token if depth == 0 else " ")
        if depth < 0:
            return None
    return "".join(kept) if depth == 0 else None


def test_scripts(tally, folder):
    """What a file says cannot end a comment or a name of a script."""
    places = ["a note", "a citation", "a title", "the note of a regime"]
    attacks = ["| (assert false) ; \\", "*) Lemma false : False. (*", "*)*) false (*(*", '" *) false (* "',
               "(* (* false", "* ) *\u200b) false", "\nfalse\n", "\r(assert false)\r", "\u2028false",
               "\\|false|", "*)\x0bfalse", "(", ")", "*", "**)false(**", "'\"' *) false"]
    for place in places:
        for attack in attacks:
            path = os.path.join(folder, "e" + re.sub("[\n/]", "", attack) + ".propto")
            write(path, PLACES[place].replace("%s", attack.replace('"', "”").replace("]", ")")))
            smt, coq = (propto("export", "--to", to, path) for to in ("smt2", "coq"))
            if "\n" in attack and smt.code == 2:
                continue
            what = "%s in %s" % (ascii(attack), place)
            code = SMT_NOISE.sub(" ", smt.out)
            tally.check("false" not in code and "(check-sat)" in code, "SMT-LIB with " + what, smt.out + smt.err)
            code = coq_code(coq.out)
            tally.check(code and "false" not in code and "Require Import" in code, "Coq with " + what,
                        coq.out + coq.err)


def certificate_of(path):
    return propto("check", "--certificate", "-", path).out


def texts_in(value):
    if isinstance(value, str):
        yield value
    for kid in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(kid)


def test_certificates(tally, folder):
    """A certificate of a hostile theory, and one that was made hostile."""
    path, proof = os.path.join(folder, "evil.propto"), os.path.join(folder, "evil.json")
    for place in ("a note", "a citation", "the note of a regime"):
        for attack in (CONTROLS, HIDDEN, re.sub('["\\]]', "", BREAKING)):
            write(path, PLACES[place].replace("%s", attack))
            write(proof, certificate_of(path))
            what = "the certificate with %s in %s" % (ascii(attack), place)
            for way in ([proof], ["--json", proof], [proof, path], ["--ascii", proof]):
                ran = propto("verify", *way)
                is_safe(tally, what, ran)
                tally.check(ran.code == 0, what + " is accepted", ran.out + ran.err)
    write(path, 'A: N ∝ w "a note"\nB: w ∝ N^2\nw grows\nN ∝ w^?\nregime r without B { N fixed }\n')
    whole = certificate_of(path)
    for word in sorted(set(texts_in(json.loads(whole)))):
        for attack in (CONTROLS, HIDDEN + TURNED):
            changed = whole.replace(json.dumps(word, ensure_ascii=False), json.dumps(attack))
            for written in (changed, changed.replace(json.dumps(attack), '"%s"' % attack)):
                for way in ("verify", "verify --json"):
                    ran = propto(*way.split(), "-", stdin=written.encode())
                    is_safe(tally, "%s of a certificate with %s for %r" % (way, ascii(attack), word), ran)


# --- a terminal ---


def on_terminal(*args):
    """What a program sends to a terminal that it writes to, without colours."""
    ours, its = pty.openpty()
    with subprocess.Popen([PROPTO, *args], stdin=subprocess.DEVNULL, stdout=its, stderr=its,
                          env=dict(ENVIRONMENT, TERM="xterm")) as child:
        os.close(its)
        sent = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                some = os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
            sent += some
            if not some:
                break
    os.close(ours)
    shown = re.sub("\x1b\\[[0-9;]*m", "", text(sent).replace("\r\n", "\n"))
    return Ran(child.returncode, shown, "")


def test_terminal(tally, folder):
    path = os.path.join(folder, "evil.propto")
    for place, content in PLACES.items():
        for attack in (CONTROLS, HIDDEN):
            write(path, content.replace("%s", attack))
            for command in (["fmt"], ["check"], ["explain"], ["prove"]):
                what = "%s in %s, %s to a terminal" % (ascii(attack), place, command[0])
                is_safe(tally, what, on_terminal(*command, path))
    write(path, 'A: N ∝ w "%s"\nw grows\n' % CONTROLS.replace("\r", ""))
    shown, piped = on_terminal("fmt", path), propto("fmt", path)
    tally.check("\\u{1b}[2J" in shown.out and "\x1b[2J" in piped.out, "fmt: to a pipe it is as it is",
                shown.out + piped.out)


# --- names and words ---


def test_file_names(tally, folder):
    for attack in ("a" + CONTROLS, "b" + HIDDEN, "c" + TURNED, 'd"|;\\ *)', b"e\x9b2J\xff"):
        raw = attack if isinstance(attack, bytes) else attack.encode()
        path = os.path.join(os.fsencode(folder), raw + b".propto")
        with open(path, "w", encoding="utf-8") as f:
            f.write('A: N ∝ w\nw grows\nN ∝ w^?\n∴ N ∝ w^3\nproof "p" { N ∝ w^2 }\n')
        what = "a file called " + ascii(attack)
        try_commands(tally, what, path)
        is_safe(tally, "no " + what, propto("check", path + b"x"))
        is_safe(tally, what + " to a terminal", on_terminal("check", path))
        proof = os.path.join(os.fsencode(folder), raw + b".json")
        is_safe(tally, what + ", its certificate", propto("check", "--certificate", proof, path))
        for way in ([proof], ["--json", proof], [proof, path], [proof + b"x"], [path], [proof, proof]):
            is_safe(tally, what + ", verify", propto("verify", *way))


def test_words(tally, folder):
    """Words of the command line, wherever they may stand."""
    good = os.path.join(folder, "good.propto")
    write(good, "A: N ∝ w\nw grows\nN ∝ w^?\n")
    for word in (CONTROLS, HIDDEN, TURNED, b"\x9b\xff\xc2"):
        for args in (["check", word], [word], ["check", good, word], ["check", "--timeout", word, good],
                     ["check", "--color", word, good], ["export", "--to", word, good],
                     ["check", "--max-depth", word, good], ["derive", good, word],
                     ["vary", good, word], ["vary", good, "A", "--range", word],
                     ["compare", good, good, "--ask", word], ["compare", good, word],
                     ["compare", good, good, "--measured", word], ["check", "-I", word, good],
                     ["check", "-e", word], ["explain-code", word], ["prove", good, word],
                     ["prove", "--hint", word, good], ["fmt", good, word], ["fmt", "--write", word],
                     ["fmt", "--write", "-e", word], ["export", "--to", "smt2", good, word]):
            is_safe(tally, "the word %s in %s" % (ascii(word), ascii(args)), propto(*args))
        glued = b"--" + (word if isinstance(word, bytes) else word.encode())
        is_safe(tally, "an option " + ascii(word), propto("check", good, glued))
        is_safe(tally, "a value " + ascii(word), propto("check", good, b"--json=" + glued))


def test_tables(tally, folder):
    """The fields of a CSV file."""
    good, csv = (os.path.join(folder, f) for f in ("good.propto", "m.csv"))
    write(good, "A: N ∝ w\nw grows\nN ∝ w^?\n")
    head = "quantity,base,exponent,low,high,source\n"
    for attack in (CONTROLS.replace("\r", ""), HIDDEN, TURNED, "=cmd|' /C calc'!A0", BREAKING):
        cell = '"%s"' % attack.replace('"', '""')
        for row in (cell + ",w,1,,,x", "N," + cell + ",1,,,x", "N,w," + cell + ",,,x",
                    "N,w,1," + cell + ",2,x", "N,w,1,,," + cell, cell):
            for content in (head + row + "\n", row + "\n"):
                write(csv, content)
                for way in ([], ["--json"]):
                    ran = propto("compare", *way, good, good, "--measured", csv)
                    what = "the row %s of a table %s" % (ascii(row), way)
                    is_safe(tally, what, ran)
                    if way:
                        is_json(tally, what, ran)


TESTS = (test_places, test_characters, test_overlong, test_scripts, test_certificates, test_terminal,
         test_file_names, test_words, test_tables)
