"""One theory, tried: what propto says of it beside what z3 and cvc5 say."""

import json
from collections import Counter
from dataclasses import dataclass, field

import ask
import claims
import closed
import model as m
import spell

LIMITS = "E4"  # how diagnostics of limits begin
STEPS = "--rlimit=400000"
# What cvc5, which has no complete procedure for polynomials, is asked of these.
MAIN = ("verdict", "answer", "case", "conclusion", "export")


@dataclass
class Trial:
    """`wrong` has (kind, what, who) for each disagreement; `counts` all that was asked."""
    theory: object
    text: str  # in propto's language
    verdict: str = "refused"
    wrong: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    scripts: list = field(default_factory=list)  # of the disagreements
    said: str = ""
    exported: str = ""

    def blame(self, of, what, who, script=""):
        self.wrong.append((of, what, who))
        self.scripts.append(script)


class Court:
    """The solvers that are asked; `bend` changes what propto said, to see that this is found out."""

    def __init__(self, names=None, bend=None):
        self.solvers = [ask.Solver(name) for name in (ask.found() if names is None else names)]
        self.bend = bend

    def close(self):
        for solver in self.solvers:
            solver.close()

    def compare(self, trial, logic, header, queries):
        known = [q for q in queries if q.expect in ("sat", "unsat")]
        trial.counts["exported queries that propto does not decide"] += len(queries) - len(known)
        for solver in self.solvers:
            weak = solver.name == "cvc5" and logic == "QF_NRA"
            asked = [q for q in known if not weak or q.of in MAIN]
            answers = solver.ask(logic, header, [q.body for q in asked])
            for q, got in zip(asked, answers):
                self.count(trial, solver.name, q, got, logic, header)

    def count(self, trial, who, q, got, logic, header):
        if got == q.expect:
            trial.counts[who, "agrees"] += 1
            trial.counts["claims", q.of] += 1
        elif got in ("unknown", "late"):
            trial.counts[who, "undecided" if got == "unknown" else "late"] += 1
        else:
            trial.blame(q.of, "%s: propto implies %s, %s says %s" % (q.what, q.expect, who, got),
                        who, "(set-logic %s)\n%s%s(set-info :status %s)\n(check-sat)\n"
                        % (logic, header, q.body, q.expect))

    # --- the two ways ---

    def by_claims(self, trial, frame, said, explained, goal_at, seed):
        points = claims.points(frame, said, seed)
        whole = claims.Frame(frame, said, goal_at).everything()
        whole.all_cores(explained)
        for of, what in whole.wrong:
            trial.blame(of, what, "arithmetic")
        trial.counts["theories and regimes"] += 1
        trial.counts["answers and conclusions that propto does not decide"] += whole.unknown
        cases = [whole] + [claims.Frame(frame, said, goal_at, at).everything() for at in points]
        for one in cases:
            self.ask_claims(trial, one)

    def ask_claims(self, trial, one):
        script = one.script
        lettered = bool(script.free)
        if script.quantified and (lettered or script.smt.nonlinear):
            trial.counts["questions of choices with letters, left out"] += len(one.queries)
            return
        logic = "LRA" if script.quantified else "QF_NRA" if script.smt.nonlinear else "QF_LRA"
        self.compare(trial, logic, one.header(), one.queries)

    def by_export(self, trial):
        code, text, err = ask.propto(trial.text, "--to", "smt2", STEPS, command="export")
        trial.exported = text
        frames = ask.Exported(text).frames
        if code not in (0, 3):
            trial.blame("export", "export ends with code %d: %s" % (code, err[:300]), "propto")
            return
        if code == 0 and any(status == "unknown" for _, _, q in frames for _, status, _ in q):
            trial.blame("export", "something is unknown, and the code is 0", "propto")
        for logic, header, queries in frames:
            self.compare(trial, logic, header,
                         [claims.Query("export, " + what, "export", body, status)
                          for what, status, body in queries])

    def try_theory(self, theory, seed=0, export=True):
        page = spell.Page(theory)
        trial = Trial(theory, page.text)
        code, out, err = ask.propto(page.text, "--json", STEPS)
        if code not in (0, 1, 3):
            self.refused(trial, code, out, err)
            return trial
        said = json.loads(out)
        trial.said = out
        if self.bend:
            self.bend(said)
        trial.verdict = said["verdict"]
        explained = self.explained(trial, said)
        for i, frame in enumerate(m.frames(page.theory)):
            one, told = ([x] + x["regimes"] for x in (said, explained or {"regimes": []}))
            try:
                self.by_claims(trial, frame, one[i], told[i] if i < len(told) else {},
                               page.goal_at, seed)
            except closed.Unread as problem:
                trial.blame("reading", str(problem), "reader")
        if export:
            self.by_export(trial)
        return trial

    def explained(self, trial, said):
        """What `propto explain` says, where it has something to explain."""
        if not any("cores" in one for one in [said] + said["regimes"]):
            return None
        code, out, err = ask.propto(trial.text, "--json", STEPS, command="explain")
        if code not in (0, 1, 3):
            trial.blame("explain", "explain ends with code %d: %s" % (code, err[:300]), "propto")
            return None
        return json.loads(out)

    def refused(self, trial, code, out, err):
        listed = json.loads(out)["diagnostics"] if code == 2 and out else []
        codes = [d["code"] for d in listed if d["severity"] == "error"]
        if codes and all(c.startswith(LIMITS) for c in codes):
            trial.verdict = "too large"
        elif code == 124:
            trial.verdict = "time-out"
        else:
            what = ["%(code)s in line %(line)s: %(message)s" % d for d in listed] or [err[:400]]
            trial.blame("refusal", "propto ends with code %d: %s" % (code, "; ".join(what)),
                        "propto")

