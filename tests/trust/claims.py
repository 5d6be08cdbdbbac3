"""What propto says of a theory, as questions for solvers, each with the answer that it implies.

The questions are made from the JSON of `propto check` and the meaning of the theory (meaning.py),
not from propto's own export. What can be decided here, in exact arithmetic, is: solutions that
propto prints are evaluated.
"""

import random
from dataclasses import dataclass, replace
from fractions import Fraction

import closed
import meaning
import model as m

LISTED = 12  # repairs and cores that are looked at, of one theory


@dataclass(frozen=True)
class Query:
    """`script` says it all but the check; what is expected is sat or unsat."""
    what: str
    of: str  # the kind of claim, for counting and shrinking
    body: str  # assertions
    expect: str


class Frame:
    """The claims about one frame, with parameters unknown or (`at`) given numbers.

    At given numbers only what must hold for all parameters is asked: what is refuted stays so.
    """

    def __init__(self, frame, said, goal_at, at=None):
        self.frame, self.said, self.goal_at, self.at = frame, said, goal_at, at
        self.script = meaning.Script(frame, at)
        self.all = list(range(len(frame.facts)))
        self.index = frame.label_index()
        self.known = self.script.meaning
        self.queries, self.wrong, self.unknown = [], [], 0

    # --- asking ---

    def ask(self, of, what, formulas, expect):
        if expect == "sat" and self.at is not None and not self.inhabited(of):
            return
        body = "".join("(assert %s)\n" % f for f in formulas)
        self.queries.append(Query(what, of, body, expect))

    def inhabited(self, of):
        return False

    def ask_held(self, of, what, held, more, expect, seen=None):
        self.ask(of, what, self.script.facts(held, self.all if seen is None else seen) + more,
                 expect)

    def fault(self, of, what):
        self.wrong.append((of, what))

    def labels(self, of, labels):
        """The facts of labels; None, and a fault, where there is no such fact."""
        unknown = [label for label in labels if label not in self.index]
        if unknown:
            self.fault(of, "no statement is called %s" % unknown)
            return None
        return [self.index[label] for label in labels]

    def no(self, formula):
        return self.script.smt.no(formula)

    # --- verdicts ---

    def verdict(self):
        verdict = self.said["verdict"]
        self.one_verdict("verdict", verdict, self.all)
        if "levels" in self.said:
            quiet = [i for i in self.all
                     if not meaning.is_growth(self.frame.facts[i], self.frame.theory)]
            self.one_verdict("level", self.said["levels"]["equations"], quiet)
            if self.said["levels"]["growth"] != verdict:
                self.fault("level", "the level of growth is the verdict")
        if "solution" in self.said:
            self.solution("solution", self.said["solution"], ())

    def one_verdict(self, of, verdict, held):
        """Choices are made anew among the solutions of what is held."""
        seen = held
        scales = [self.script.scales()] if self.frame.theory.quantities else []
        if verdict == "contradictory":
            self.ask_held(of, "contradictory", held, [], "unsat", seen)
        elif verdict == "trivial":
            self.ask_held(of, "trivial, it holds", held, [], "sat", seen)
            self.ask_held(of, "trivial, nothing scales", held, scales, "unsat", seen)
        elif verdict == "consistent":
            self.ask_held(of, "consistent", held, scales, "sat", seen)

    def solution(self, of, values, laws, denied=None):
        """A solution that propto prints satisfies every fact and some laws more; not the denied."""
        known = meaning.exact(self.frame.theory, values)
        for i in self.all:
            fact = self.frame.facts[i]
            if isinstance(fact, m.Fact) and not known.fact(fact):
                self.fault(of, "the solution %s violates %s" % (values, fact.label))
        for law in laws:
            if not known.law(law):
                self.fault(of, "the solution %s violates a supposition or claim" % values)
        if denied is not None and known.either(denied):
            self.fault(of, "the solution %s is one of the claim" % values)

    # --- cores, repairs, redundancy ---

    def wish(self):
        return [self.script.scales()] if self.said["verdict"] == "trivial" else []

    def irreducible(self, of, what, held, more, besides=(), of_parts=None):
        """What is held conflicts with `besides` and more; no part of it does, with `of_parts`."""
        self.ask_held(of, what, held + list(besides), more, "unsat")
        for i in held if of_parts is not None else ():
            rest = [k for k in held if k != i] + list(besides)
            self.ask_held(of, "%s without %s" % (what, self.frame.facts[i].label), rest, of_parts,
                          "sat")

    def cores(self):
        """What is given is not listed. A choice is what it comes to in the whole theory."""
        given = [i for i in self.all if self.frame.facts[i].given]
        for labels in self.said.get("cores", [])[:LISTED]:
            held = self.labels("core", labels)
            if held is not None:
                self.irreducible("core", "core " + ", ".join(labels), held, self.wish(), given,
                                 self.wish())

    def repairs(self):
        found = []
        for repair in self.said.get("repairs", []):
            dropped = self.labels("repair", repair["drop"])
            if dropped is None:
                return
            found.append(dropped)
            if len(found) <= LISTED:
                self.one_repair(repair, dropped)
        if self.said.get("repairs_complete") and not self.script.quantified:
            self.no_other_repair(found)

    def one_repair(self, repair, dropped):
        what = "without " + ", ".join(repair["drop"])
        rest = [i for i in self.all if i not in dropped]
        for i in dropped:
            if self.frame.facts[i].given:
                self.fault("repair", "%s is given" % self.frame.facts[i].label)
            again = sorted(rest + [i])
            self.ask_held("repair", "%s, %s again" % (what, self.frame.facts[i].label), again,
                          self.wish(), "unsat", again)
        self.ask_held("repair", what, rest, self.wish(), "sat", rest)
        if repair["verdict"] != "unknown":
            self.one_verdict("repair", repair["verdict"], rest)

    def no_other_repair(self, found):
        """Each set of facts that can hold leaves out all of a listed repair."""
        keep = ["k_%d" % i for i in self.all]
        formulas = []
        for i, formula in zip(self.all, self.script.facts(self.all)):
            given = self.frame.facts[i].given
            formulas.append(formula if given else "(=> %s %s)" % (keep[i], formula))
        for dropped in found:
            formulas.append(self.script.smt.any([keep[i] for i in dropped]))
        body = "".join("(declare-fun %s () Bool)\n" % k for k in keep)
        body += "".join("(assert %s)\n" % f for f in formulas + self.wish())
        if self.at is None:
            self.queries.append(Query("no repair but %d" % len(found), "repair", body, "unsat"))

    def all_cores(self, explained):
        """What `propto explain` lists: the cores are the minimal sets that meet every repair."""
        whole = explained.get("cores_complete") and self.said.get("repairs_complete")
        if not whole or self.script.quantified:
            return
        repairs = [frozenset(r["drop"]) for r in self.said["repairs"]]
        cores = {frozenset(core) for core in explained["cores"]}
        if cores != minimal_hitting_sets(repairs):
            self.fault("all cores", "explain lists the cores %s, but the repairs are %s"
                       % (explained["cores"], [r["drop"] for r in self.said["repairs"]]))

    def apart(self):
        """Errors a little larger than what is said suffice, errors a little smaller do not."""
        said = self.said.get("apart")
        if not said or self.script.quantified:
            return
        little = Fraction(1, 500)
        for end, factor, expect in (("high", 1 + little, "sat"), ("low", 1 - little, "unsat")):
            wide = replace(self.frame, facts=m.widened(self.frame.facts,
                                                       Fraction(said[end]) * factor))
            self.ask("apart", "errors times %s, %s" % (said[end], expect),
                     [self.known.fact(f) for f in wide.facts], expect)

    def decides(self):
        """Which terms of a sum decide: always, never, or in some solutions only."""
        for said in self.said.get("sums", []):
            fact = self.frame.facts[self.index[said["label"]]]
            sums = [s for s in fact.either[0].sides if isinstance(s, m.Sum)
                    and len(s.terms) == len(said["terms"])]
            if len([s for s in self.said["sums"] if s["label"] == said["label"]]) == 1 == len(sums):
                self.terms(said, sums[0])

    def terms(self, said, total):
        ways = {"always": ("sat", "unsat"), "never": ("unsat", "sat"), "sometimes": ("sat", "sat")}
        for one, term in zip(said["terms"], total.terms):
            if one["decides"] in ways:
                law = self.known.law(m.Chain((term, total), ("∝",)))
                for formula, expect in zip((law, self.no(law)), ways[one["decides"]]):
                    self.ask_held("term", "%s decides %s, %s" % (one["law"], one["decides"],
                                                                 formula is law), self.all,
                                  [formula], expect)

    def redundant(self):
        listed = set()
        for r in self.said.get("redundant", []):
            which, support = self.labels("redundant", [r["label"]]), \
                self.labels("redundant", r["follows_from"])
            if which is None or support is None:
                continue
            listed.add(which[0])
            self.one_redundant(which[0], support)
        if "redundant" not in self.said or self.said.get("redundant_complete") is False:
            return
        if self.said["verdict"] == "consistent" and not self.script.quantified:
            for i in self.all:
                if i not in listed and not m.has(self.frame.facts[i], m.Unsure):
                    rest = [k for k in self.all if k != i]
                    self.ask_held("redundant", self.frame.facts[i].label + " adds something", rest,
                                  [self.no(self.script.formula[i])], "sat", rest)

    def one_redundant(self, which, support):
        rest = [k for k in self.all if k != which]
        label = self.frame.facts[which].label
        denied = self.no(self.script.best(which, self.all) if self.script.formula[which] is None
                         else self.script.formula[which])
        self.ask_held("redundant", "%s follows from all others" % label, rest, [denied], "unsat",
                      rest)
        self.ask_held("redundant", "%s follows from what is named" % label, support, [denied],
                      "unsat", rest)

    # --- goals ---

    def goals(self):
        for said in self.said.get("answers", []):
            goal = self.goal_at.get(said.get("line"))
            if goal is not None:
                self.answer(said, goal, self.all)
        for said in self.said.get("conclusions", []):
            goal = self.goal_at.get(said.get("line"))
            if goal is not None:
                self.conclusion(said, goal)

    def answer(self, said, goal, held):
        when = [self.known.law(law) for law in goal.when]
        divisors = self.divisors(goal)
        kind = said["kind"]
        if kind == "unknown":
            self.unknown += 1
        elif kind == "vacuous":
            self.ask_held("answer", "vacuous", held, when + divisors, "unsat", held)
        elif isinstance(goal, m.AskRelation):
            self.relation(said, goal, held, when, divisors)
        elif isinstance(goal, m.AskParameter):
            self.value(said, goal, held, when, m.Par(goal.name), [])
        elif len(goal.bases) == 1:
            target = asked_about(goal)
            base = divisors + [self.known.law(m.Growth(goal.bases, "scales"))]
            self.value(said, goal, held, when, m.Slope(target, goal.bases[0]), base)
        else:
            self.holes(said, goal, held, when + divisors)

    def divisors(self, goal):
        """That no divisor in a question is zero is supposed with it."""
        self.known.divisors = []
        for part in m.parts(replace(goal, when=())):
            if isinstance(part, m.Power):
                self.known.exponent(part.power)
        return [self.script.smt.compare(d, "≠", Fraction(0)) for d in self.known.divisors]

    def relation(self, said, goal, held, when, divisors):
        if "possible" not in said:
            return
        for sign in "≪∝≫":
            law = self.known.law(m.Chain((goal.left, goal.right), (sign,)))
            expect = "sat" if sign in said["possible"] else "unsat"
            self.ask_held("relation", "possible " + sign, held, when + divisors + [law], expect,
                          held)
        if said.get("support") and said["relation"] != "undetermined":
            law = self.known.law(m.Chain((goal.left, goal.right), (said["relation"],)))
            self.support("relation", said, when, divisors + [self.no(law)])

    def off(self, said, goal):
        """The exponent is another, whether the base scales or not."""
        value = closed.exponent(said["holes"][0]["value"])
        if isinstance(goal, m.AskParameter):
            law = m.Compare((m.Par(goal.name), value), ("=",))
        else:
            law = m.Chain((asked_about(goal), m.Power(goal.bases[0], value)), ("∝",))
        return [self.no(self.known.law(law))]

    def support(self, of, said, when, denied, denied_of_parts=None):
        """The statements named suffice, with the suppositions if it says so, and none of them can
        be spared (with letters, none without taking the solver's word for it)."""
        held = self.labels(of, said.get("support", []))
        if held is None or "support" not in said:
            return
        when = when if said.get("supposed") else []
        self.irreducible(of + " support", "support " + ", ".join(said["support"]), held,
                         when + denied, of_parts=None if self.script.smt.nonlinear
                         else when + (denied_of_parts or denied))

    def value(self, said, goal, held, when, slot, base):
        """Of one hole: `slot` is its exponent, which has a meaning where `base` holds."""
        kind = said["kind"]
        if kind == "undefined":
            self.ask_held("answer", "undefined", held, when + base, "unsat", held)
            return
        self.ask_held("answer", "it has a value", held, when + base, "sat", held)
        if kind == "undetermined":
            for value in ("0", "7/3", "-5"):
                law = self.known.law(m.Compare((slot, closed.exponent(value)), ("=",)))
                self.ask_held("answer", "undetermined: " + value, held, when + base + [law], "sat",
                              held)
            return
        if kind == "exact":
            law = self.known.law(m.Compare((slot, closed.exponent(said["holes"][0]["value"])),
                                           ("=",)))
            denied = when + base + [self.no(law)]
            self.ask_held("answer", "exactly " + said["holes"][0]["value"], held, denied, "unsat",
                          held)
            if held is self.all:
                self.support("answer", said, when, denied[len(when):], self.off(said, goal))
        if kind == "cases":
            self.cases(said, held, when, slot, base)
        elif "ranges" in said:
            self.ranges(said["ranges"], held, when, slot, base, kind == "range")

    def in_ranges(self, ranges, slot):
        return self.script.smt.any([self.known.laws(closed.within(slot, r)) for r in ranges])

    def ranges(self, ranges, held, when, slot, base, inside):
        outside = self.no(self.in_ranges(ranges, slot))
        self.ask_held("range", "nothing outside %s" % said_ranges(ranges), held,
                      when + base + [outside], "unsat", held)
        if inside:
            for value in samples_of(ranges):
                law = self.known.law(m.Compare((slot, m.Num(value)), ("=",)))
                self.ask_held("range", "%s is possible" % value, held, when + base + [law], "sat",
                              held)

    def cases(self, said, held, when, slot, base):
        covered = []
        for case in said["cases"]:
            conditions = self.known.laws(closed.conditions(case["when"]))
            covered.append(conditions)
            if "ranges" in case:
                right = self.in_ranges(case["ranges"], slot)
            else:
                value = closed.exponent(case["holes"][0]["value"])
                right = self.known.law(m.Compare((slot, value), ("=",)))
            self.ask_held("case", "if " + case["when"], held,
                          when + base + [conditions, self.no(right)], "unsat", held)
        self.ask_held("case", "no other case", held,
                      when + base + [self.no(self.script.smt.any(covered))], "unsat", held)

    def holes(self, said, goal, held, when):
        """Several at once, where one combination serves for all solutions."""
        if said["kind"] != "exact":
            return
        powers = [m.Power(b, closed.exponent(h["value"]))
                  for b, h in zip(goal.bases, said["holes"])]
        law = self.known.law(m.Chain((asked_about(goal), m.Product(tuple(powers))), ("∝",)))
        self.ask_held("answer", "exactly " + said["law"], held, when + [self.no(law)], "unsat",
                      held)

    def conclusion(self, said, goal):
        verdict = said["verdict"]
        if isinstance(goal, m.ClaimVerdict):
            self.claimed_verdict(said, goal)
            return
        when = [self.known.law(law) for law in goal.when]
        claim = self.known.either(goal.either)
        ways = {"proved": ("sat", "sat", "unsat"), "refuted": ("sat", "unsat", "sat"),
                "open": ("sat", "sat", "sat"), "vacuous": ("unsat", "unsat", "unsat")}
        if verdict not in ways:
            self.unknown += 1
            return
        what = "%s: %s" % (verdict, said["text"])
        for more, word, expect in zip(([], [claim], [self.no(claim)]),
                                      ("suppositions", "holds", "fails"), ways[verdict]):
            self.ask_held("conclusion", "%s, %s" % (what, word), self.all, when + more, expect)
        if verdict == "proved":
            self.support("conclusion", said, when, [self.no(claim)])
        if "yes" in said:  # there are none where all are irrational
            known = meaning.exact(self.frame.theory, said["yes"])
            self.solution("conclusion", said["yes"], goal.when)
            if not known.either(goal.either):
                self.fault("conclusion", "the example of %s is none" % said["text"])
        if "no" in said:
            self.solution("conclusion", said["no"], goal.when, goal.either)

    def claimed_verdict(self, said, goal):
        word = {"contradiction": "contradictory"}.get(goal.verdict, goal.verdict)
        if self.said["verdict"] != "unknown" and not goal_when(goal):
            right = self.said["verdict"] == word
            if (said["verdict"] == "proved") != right:
                self.fault("conclusion", "%s is %s of a theory that is %s"
                           % (said["text"], said["verdict"], self.said["verdict"]))

    # --- all of it ---

    def everything(self):
        self.verdict()
        self.goals()
        if self.at is None:
            self.cores()
            self.repairs()
            self.redundant()
            self.apart()
            self.decides()
        return self

    def header(self):
        return self.script.sorts()


def goal_when(goal):
    return getattr(goal, "when", ())


def asked_about(goal):
    """The known factors of the right side are brought over to the left."""
    if not goal.known:
        return goal.target
    over = [m.Power(k, m.Num(Fraction(-1))) for k in goal.known]
    return m.Product((goal.target, *over))


def said_ranges(ranges):
    return " ∪ ".join("%s%s, %s%s" % ("(" if r["low_open"] else "[", r["low"], r["high"],
                                      ")" if r["high_open"] else "]") for r in ranges)


def samples_of(ranges):
    """Numbers that lie in ranges whose ends are numbers: near each end, the ends that belong to
    it, and between them."""
    found = []
    for r in ranges:
        try:
            low = None if r["low"] == "-inf" else Fraction(r["low"])
            high = None if r["high"] == "inf" else Fraction(r["high"])
        except ValueError:
            continue
        found += [e for e, is_open in ((low, r["low_open"]), (high, r["high_open"]))
                  if e is not None and not is_open]
        left = low if low is not None else (high if high is not None else Fraction(0)) - 40
        right = high if high is not None else left + 40
        if left < right:
            step = (right - left) / 64
            found += [left + step, right - step, left + 27 * step]
    return found


def minimal_hitting_sets(sets):
    """Berge's algorithm."""
    found = {frozenset()}
    for s in sets:
        hit = {h for h in found if h & s}
        grown = hit | {h | {x} for h in found - hit for x in s}
        found = {h for h in grown if not any(other < h for other in grown)}
    return found


def points(frame, said, seed):
    """Parameters to try: those of propto's own solution, and simple ones."""
    names = frame.theory.parameters
    if not names:
        return []
    dice = random.Random("%s/%s" % (seed, frame.name))
    simple = [Fraction(n, d) for n, d in ((1, 1), (2, 1), (1, 2), (1, 3), (3, 2), (3, 1), (-1, 1),
                                          (-1, 2), (0, 1), (5, 2))]
    found = []
    if "solution" in said:
        found.append({n: Fraction(said["solution"].get(n, "1")) for n in names})
    found += [{n: dice.choice(simple) for n in names} for _ in range(2)]
    return [p for i, p in enumerate(found) if p not in found[:i]]
