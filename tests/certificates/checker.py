#!/usr/bin/env python3
"""checker.py CERTIFICATE...: a second checker, written from docs/proofs.md alone; exact, and without a search.
It checks every claim, and that verdicts, conflicts, repairs and conclusions make the claims that they need."""
import hashlib, json, sys
from fractions import Fraction as Q
from math import prod
ANY, APART, HOLDS = {-1, 0, 1}, {-1, 1}, {"=": {0}, "<=": {-1, 0}, "<": {-1}}  # signs
class Refused(ValueError): pass
def need(yes, why):
    if not yes: raise Refused(why)
def sign(q): return (q > 0) - (q < 0)
# --- polynomials {powers of the parameters: number}, and fractions of two of them ---
def padd(p, q): return {m: c for m in {**p, **q} for c in [p.get(m, 0) + q.get(m, 0)] if c}
def pmul(p, q):
    out = {}
    for m, c in p.items(): out = padd(out, {tuple(map(sum, zip(m, n))): c * d for n, d in q.items()})
    return out
def divides(q, p):
    step = p and tuple(x - y for x, y in zip(max(p), max(q)))
    return not p or min(step, default=0) >= 0 and divides(q, padd(p, pmul({step: -p[max(p)] / q[max(q)]}, q)))
def constant(p): return None if any(map(any, p)) else sum(p.values(), Q(0))
class C:
    def __init__(self, num, den): self.num, self.den = num, den
    def __add__(self, o):
        if self.den == o.den: return C(padd(self.num, o.num), self.den)
        return C(padd(pmul(self.num, o.den), pmul(o.num, self.den)), pmul(self.den, o.den))
    def __mul__(self, o): return C(pmul(self.num, o.num), pmul(self.den, o.den))
    def __neg__(self): return C({m: -c for m, c in self.num.items()}, self.den)
    def __eq__(self, o): return pmul(self.num, o.den) == pmul(o.num, self.den)
    def number(self):  # None where it depends on parameters
        q = self.num.get(max(self.den), 0) / self.den[max(self.den)]
        return None if padd(self.num, {m: -q * c for m, c in self.den.items()}) else q
    def at(self, x):  # None at a pole
        num, den = (sum(c * prod(y ** k for y, k in zip(x, m) if k) for m, c in p.items()) for p in (self.num, self.den))
        return num / den if den else None
# --- formulas: ("all", ...), ("any", ...), and atoms (relation, {symbol: C}), where symbol -1 is 1 ---
def every(f, leaf):  # does f hold where an atom does if leaf says so?
    return leaf(f) if f[0] in HOLDS else {"all": all, "any": any}[f[0]](every(g, leaf) for g in f[1:])
def granted(f, name, chosen, at=0):  # the nodes that hold where f and the chosen parts of `any` do; the next number
    found, n = {at: f}, at + 1
    for k, g in enumerate(() if f[0] in HOLDS else f[1:]):
        below, n = granted(g, name, chosen, n)
        if f[0] == "all" or chosen.get((name, at)) == k: found.update(below)
    return found, n
def negated(f):
    if f[0] not in HOLDS: return ({"all": "any", "any": "all"}[f[0]], *map(negated, f[1:]))
    minus = {s: -c for s, c in f[1].items()}
    return ("any", ("<", f[1]), ("<", minus)) if f[0] == "=" else ({"<": "<=", "<=": "<"}[f[0]], minus)
class Frame:
    """A theory with what its choices come to, and some of its facts in play."""
    def __init__(self, item, frame):
        self.item, self.n, self.symbols, self.trusted = item, len(item["parameters"]), len(item["symbols"]), 0
        self.zero, self.one, chosen = self.coef("0"), self.coef("1"), iter(frame.get("choices", []))
        self.facts = [self.formula((next(chosen) or ["all"]) if "choice" in x else x["claim"]) for x in item["facts"]]
        self.table = [self.formula(f) for f in item["formulas"]]
        self.play = [i for i, x in enumerate(item["facts"]) if i not in frame.get("without", [])
                     and not (frame.get("equations") and x.get("growth"))]
        self.scales = ("any", *(g for i, s in enumerate(item["symbols"]) if s["sort"] == "quantity"
                                for g in negated(("=", {i: self.one, -1: self.zero}))[1:]))
    def poly(self, p):
        out = {(*m[1:], *[0] * (self.n + 1 - len(m))): Q(m[0]) for m in p}
        need(len(out) == len(p) and all(len(m) == self.n and min(m, default=0) >= 0 for m in out), "a polynomial")
        return padd(out, {})
    def coef(self, c):
        if not isinstance(c, dict): c = {"num": c if isinstance(c, list) else [[c]], "den": [[1]]}
        need(self.poly(c["den"]), "a denominator is zero")
        return C(self.poly(c["num"]), self.poly(c["den"]))
    def formula(self, f):
        if f[0] not in HOLDS: return (f[0], *map(self.formula, f[1:]))
        need(all(0 <= s < 2 * self.symbols for s, _ in f[1][0]), "a symbol")
        return f[0], {s: self.coef(c) for s, c in [*f[1][0], [-1, f[1][1]]]}
# --- evidence ---
class Way:
    """A solution; with an end, all solutions before it, or in its direction."""
    def __init__(self, frame, start, end=None, ray=False):
        need(len(start) == frame.symbols == len(end or start), "a solution")
        self.x, self.end = [*map(Q, start), Q(1)], end and [*map(Q, end), Q(not ray)]
        self.parameters, there = ([Q(x[i]) for i in frame.item["parameters"]] for x in (start, end or start))
        need(ray or self.parameters == there, "parameters change on a walk")
    def holds(self, atom):
        at = [(s, c.at(self.parameters)) for s, c in atom[1].items()]
        if None in dict(at).values(): return False
        now, *then = (sign(sum(c * x[s] for s, c in at)) for x in (self.x, self.end) if x)
        return now in HOLDS[atom[0]] and {*then} <= HOLDS[atom[0]] | {0}
class Sequent:
    """Formulas by number, which cannot all hold."""
    def __init__(self, frame, formulas, following):
        self.frame, self.all, self.next = frame, formulas, following
    def under(self, f): return Sequent(self.frame, {**self.all, self.next: f}, self.next + 1)
    def atom(self, i, node, chosen):
        """A granted atom, its coefficients and signs; or c of a granted c < 0 or -c < 0."""
        f = granted(self.all[i], i, chosen)[0][node]
        apart = f[0] == "any" and [g[0] for g in f[1:]] == ["<", "<"] and f == negated(("=", f[1][1]))
        need(apart or f[0] in HOLDS, "this is no atom")
        return (f[1][1], APART) if apart else (f[1], HOLDS[f[0]])
    def named(self, ref, known, c, chosen):
        """What a reason for the sign of c may name, and the signs that it has."""
        if isinstance(ref, int): return known[ref]
        of, signs = ({-1: c}, ANY) if len(ref) == 1 else self.atom(*ref[:2], chosen)
        if len(ref) == 2: return need([*of] == [-1], "this has terms") or (of[-1], signs)
        pole = self.frame.poly(ref[-1])
        need(any(divides(pole, x.den) for x in of.values()), "no denominator")
        return C(pole, self.frame.one.den), APART
    def has(self, c, signs, why, chosen):
        """c has one of the signs: a number does, or the next reason says why."""
        if c.number() is not None: return need(sign(c.number()) in signs, "a number has another sign")
        reason, known = next(why), []
        self.frame.trusted += reason is None
        for what, names, *sums in reason or ():
            what, may = self.frame.coef(what), ANY
            need(sums or constant(what.den), "a sign of nothing")
            for terms in sums:
                total, now = self.frame.zero, {0}
                for times, *powers in terms:
                    x = self.frame.coef(times)
                    need(constant(x.den), "no polynomial")
                    on = ANY if x.number() is None else {sign(x.number())}
                    for ref, k in powers:
                        h, of = self.named(ref, known, c, chosen)
                        x = prod([h if k > 0 else C(h.den, h.num)] * abs(k), start=x)
                        on = {a * b ** k for a in on for b in of}
                    total, now = total + x, {s for a in now for b in on for s in (ANY if a * b < 0 else [sign(a + b)])}
                need(total == what, "a sum is another")
                may = may & now
            need(may <= {"<=>".index(s) - 1 for s in names}, "a sign is not shown")
            known.append((what, {"<=>".index(s) - 1 for s in names}))
        need(reason is None or known[-1][0] == c and known[-1][1] <= signs, "another sign is shown")
    def refutes(self, pf, chosen={}):
        if "split" in pf:
            i, node = pf["split"]
            f = granted(self.all[i], i, chosen)[0][node]
            need(f[0] == "any" and len(f) == 1 + len(pf["branches"]), "a split")
            for k, b in enumerate(pf["branches"]): self.refutes(b, {**chosen, (i, node): k})
        elif "lemmas" in pf:
            for f, b in zip(map(self.frame.formula, pf["lemmas"]), pf["branches"]):
                self.under(negated(f)).refutes(b, chosen)
                self = self.under(f)
            self.refutes(pf["branches"][-1], chosen)
        elif "branches" in pf:
            c = self.frame.coef(pf["signs"])
            need(constant(c.den) and len(pf["branches"]) == 3, "signs")
            for b, f in zip(pf["branches"], (("<", {-1: c}), ("=", {-1: c}), ("<", {-1: -c}))):
                self.under(f).refutes(b, chosen)
        else:
            total, rel, why = {-1: self.frame.zero}, "=", iter(pf.get("signs", []))
            for i, node, times in pf["sum"]:
                f, times = granted(self.all[i], i, chosen)[0][node], self.frame.coef(times)
                self.has(C(times.den, self.frame.one.den), APART, why, chosen)
                if f[0] != "=": self.has(times, {1}, why, chosen)
                rel = max(rel, f[0], key=[*HOLDS].index)
                for s, c in f[1].items(): total[s] = total[s] + c * times if s in total else c * times
            for s, c in sorted(total.items())[1:]: self.has(c, {0}, why, chosen)
            self.has(total[-1], ANY - HOLDS[rel], why, chosen)
            need(not [*why], "too many reasons")
def check_claim(frame, e):  # gives the claim, (kind, facts, formulas), if its evidence shows it
    n, listed, table = len(frame.facts), e.get("facts", e.get("but")), [frame.table[k] for k in e["with"]]
    need(listed == sorted({*listed}) and all(0 <= i < n for i in listed) and min(e["with"], default=0) >= 0, "a list")
    facts = listed if "facts" in e else [i for i in range(n) if i not in listed]
    said = {**{i: frame.facts[i] for i in facts}, **dict(enumerate(table, n))}
    if "vouched" in e: frame.trusted += 1
    elif e["claim"] == "never": Sequent(frame, said, n + len(table)).refutes(e["proof"])
    else:
        ways = [Way(frame, w["from"], w.get("to", w.get("along")), "along" in w) for w in e.get("walks", [])] or [
            Way(frame, x) for x in e.get("samples") or [e["solution"]]]
        need(e["claim"] == "possible" and all(every(f, w.holds) for f in said.values() for w in ways), "a solution does not hold")
    return e["claim"], facts, table
def check_thesis(frame, th):
    """The claims are true, and of a verdict, conflict, repair or conclusion those that it needs."""
    claims, facts, play = [check_claim(frame, e) for e in th["by"]], th.get("facts", []), frame.play
    some, hard = [frame.scales] * ("scales" in th), {i for i, x in enumerate(frame.item["facts"]) if x.get("given")}
    needs = {"contradictory": [("never", play, [])],
             "consistent": [("possible", play, [frame.scales] * (len(frame.scales) > 1))],
             "trivial": [("possible", play, []), ("never", play, [frame.scales])],
             "core": [("possible" if i in facts else "never", sorted(hard | {*facts} - {i}), some) for i in [-1, *facts]],
             "repair": [("never" if i in facts else "possible", [j for j in play if j not in facts or j == i], some)
                        for i in [-1, *facts]]}
    need(claims == needs.get(th["is"], claims), "other claims than the thesis needs")
    if th["is"] in ("proved", "refuted") and "claim" in frame.item["goals"][th["about"]]:
        said = frame.formula(frame.item["goals"][th["about"]]["claim"])
        need(claims[1][2][-1] == (negated(said) if th["is"] == "proved" else said), "another conclusion")
def check(raw):
    """None, or why the certificate is refused; and how often it relies on the solver."""
    def members(pairs): return need(len(dict(pairs)) == len(pairs), "a member comes twice") or dict(pairs)
    (body, _, end), trusted = raw.rpartition(b',"seal":"'), 0
    try:
        need(end == hashlib.sha256(body).hexdigest().encode() + b'"}\n', "the seal")
        data = json.loads(raw, object_pairs_hook=members, parse_float=lambda x: need(0, "a number"))
        need(data["certificate"] == 1, "another version")
        for frame, part in ((Frame(t, f), f) for t in data["theories"] for f in t["frames"]):
            need(part["theses"][0]["is"] in ("consistent", "contradictory", "trivial", "unknown"), "no verdict")
            for th in part["theses"]: check_thesis(frame, th)
            trusted += frame.trusted
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration, RecursionError) as why:
        return repr(why), trusted
    return None, trusted
if __name__ == "__main__":
    said = [(p, *check(open(p, "rb").read())) for p in sys.argv[1:]]
    for p, why, trusted in said: print(p + ":", "refused: " + why if why else "verified; relies on the solver %d times" % trusted)
    sys.exit(any(why for _, why, _ in said))
