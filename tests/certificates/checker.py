#!/usr/bin/env python3
"""checker.py CERTIFICATE...: a second checker, written from docs/proofs.md alone.

Exact arithmetic with `fractions`; no code, and no idea of how to search, is shared with propto.
Says `verified`, or what is wrong; exit code 0, or 1 where one is refused.
"""
import hashlib
import json
import sys
from fractions import Fraction as Q

NEG, ZERO, POS = 1, 2, 4
SIGN = {"<": NEG, "=": ZERO, ">": POS}
HOLDS = {"=": ZERO, "<=": NEG | ZERO, "<": NEG}
class Refused(Exception): pass
def need(yes, why):
    if not yes: raise Refused(why)
def sign(q): return POS if q > 0 else NEG if q < 0 else ZERO
def mirror(s): return (s & ZERO) | (s & NEG and POS) | (s & POS and NEG)

# --- polynomials {powers: number}, and fractions of two of them ---
def padd(p, q, times=1):
    out = dict(p)
    for m, c in q.items(): out[m] = out.get(m, 0) + times * c
    return {m: c for m, c in out.items() if c}
def pmul(p, q):
    out = {}
    for m, c in p.items():
        for n, d in q.items():
            k = tuple(map(sum, zip(m, n)))
            out[k] = out.get(k, 0) + c * d
    return {m: c for m, c in out.items() if c}
def pdiv(p, q):
    """p/q where that is a polynomial, else None."""
    lead, out = max(q), {}
    while p:
        k = tuple(x - y for x, y in zip(max(p), lead))
        if min(k, default=0) < 0: return None
        out[k] = p[max(p)] / q[lead]
        p = padd(p, pmul({k: out[k]}, q), -1)
    return out
def constant(p):
    """The number that p is, else None."""
    return None if any(any(m) for m in p) else sum(p.values(), Q(0))
class C:
    """num/den"""
    def __init__(self, num, den): self.num, self.den = num, den
    def __add__(self, o):
        if self.den == o.den: return C(padd(self.num, o.num), self.den)
        return C(padd(pmul(self.num, o.den), pmul(o.num, self.den)), pmul(self.den, o.den))
    def __mul__(self, o): return C(pmul(self.num, o.num), pmul(self.den, o.den))
    def __neg__(self): return C({m: -c for m, c in self.num.items()}, self.den)
    def plain(self): return constant(self.num) is not None and constant(self.den) is not None
    def at(self, x):
        """Its value at the parameters x; None at a pole."""
        num, den = (sum((c * prod(x, m) for m, c in p.items()), Q(0)) for p in (self.num, self.den))
        return num / den if den else None
def prod(x, powers):
    out = Q(1)
    for v, n in zip(x, powers): out *= v ** n
    return out

# --- what is known of the sign of a polynomial ---
def times(s, t): return ((s | t) & ZERO) | ((s & POS and t) | (s & NEG and mirror(t))) & ~ZERO
def put(p, i, q):
    """p with parameter i replaced by the polynomial q."""
    out = {}
    for m, c in p.items():
        t = {m[:i] + (0,) + m[i + 1:]: c}
        for _ in range(m[i]): t = pmul(t, q)
        out = padd(out, t)
    return out
def slope(p, i):
    """p = a·x_i + rest with a number a: (a, rest), else None."""
    on = [m for m in p if m[i]]
    if len(on) != 1 or sum(on[0]) != 1: return None
    return p[on[0]], {m: c for m, c in p.items() if not m[i]}
def pin(p, known):
    """p with the parameters put in that equations give away, to a number before others; None where
    the equations cannot all hold."""
    zero, more = [h for h, s in known if s == ZERO], True
    while more:
        more = False
        for k in range(len(zero)):
            ways = [(constant(s[1]) is None, -i, s) for i in range(len(next(iter(zero[k]), ())))
                    for s in [slope(zero[k], i)] if s]
            if not ways: continue
            _, i, (a, rest) = next((w for w in ways if not w[0]), ways[-1])
            q, more = {m: -c / a for m, c in rest.items()}, True
            zero, p = [put(h, -i, q) for h in zero], put(p, -i, q)
    return None if any(h and constant(h) is not None for h in zero) else p
def shorter(p, known):
    """p = u·x_i + v without u·x_i, where u is a multiple of what is zero: zero where p is."""
    for i in range(len(next(iter(p), ()))):
        u = {m[:i] + (0,) + m[i + 1:]: c for m, c in p.items() if m[i]}
        if u and all(m[i] < 2 for m in p) and any(s == ZERO and pdiv(u, h) for h, s in known):
            return {m: c for m, c in p.items() if not m[i]}
    return p
def bounds(i, known):
    low = high = None
    for p, s in known:
        found = slope(p, i)
        if not found or constant(found[1]) is None: continue
        a, end = found[0], -constant(found[1]) / found[0]
        s = s if a > 0 else mirror(s)
        if not s & NEG: low = max(low or (end, 0), (end, not s & ZERO))
        if not s & POS: high = min(high or (end, 0), (end, -(not s & ZERO)))
    return low, high
def by_bounds(p, known, from_low):
    n, strict = len(next(iter(p))), {}
    for i in range(n):
        low, high = bounds(i, known)
        end = low if low and (from_low or not high) else high
        if not end or not any(m[i] for m in p): continue
        x, one = tuple(int(j == i) for j in range(n)), (0,) * n
        p = put(p, i, padd({x: Q(1 if end is low else -1)}, {one: end[0]}))
        if low and high and low[0] == high[0]: p = put(p, i, {})
        strict[i] = bool(end[1])
    if any(k % 2 and i not in strict for m in p for i, k in enumerate(m)): return 7
    seen = 0
    for c in p.values(): seen |= sign(c)
    if not seen: return ZERO
    if seen == NEG | POS: return 7
    return seen if any(all(not k or strict.get(i) for i, k in enumerate(m)) for m in p) else seen | ZERO
def signs_of(p, known):
    if constant(p) is not None: return sign(constant(p))
    out = by_bounds(p, known, True) & by_bounds(p, known, False)
    for h, s in known:
        rest = pdiv(p, h) if constant(h) is None else None
        if rest is not None: out &= times(s, signs_of(rest, known))
    return out

# --- formulas: (rel, {symbol: C}, C), ("all", ...), ("any", ...) ---
def f_add(f, g, c):
    out = dict(f[0])
    for s, x in g[0].items(): out[s] = out[s] + x * c if s in out else x * c
    return {s: x for s, x in out.items() if x.num}, f[1] + g[1] * c
def nodes(f): return 1 if f[0] in HOLDS else 1 + sum(map(nodes, f[1:]))
def value(form, w, x):
    """The form where parameters are as in w and exponents x; None at a pole."""
    at = [c.at(w.params) for c in list(form[0].values()) + [form[1]]]
    return None if None in at else sum((c * x[s] for c, s in zip(at, form[0])), at[-1])
def every(f, leaf):
    """Does f hold where an atom does if leaf says so?"""
    if f[0] in HOLDS: return leaf(f)
    return (all if f[0] == "all" else any)(every(g, leaf) for g in f[1:])
def holds(f, w):
    at = lambda a: value(a[1:], w, w.x)
    return every(f, lambda a: at(a) is not None and bool(sign(at(a)) & HOLDS[a[0]]))

# --- what the file says ---
def read_pairs(pairs):
    need(len(dict(pairs)) == len(pairs), "a member comes twice")
    return dict(pairs)
class Theory:
    def __init__(self, t):
        self.t, self.n = t, len(t["parameters"])
        self.zero, self.one = self.number(0), self.number(1)
        self.nothing = {}, self.zero
        self.facts = [self.formula(f["claim"]) if "claim" in f else ("all",) for f in t["facts"]]
        self.scales = self.any_scales(
            [i for i, s in enumerate(t["symbols"]) if s["sort"] == "quantity"])
    def poly(self, p):
        need(all(len(m) == self.n + 1 and min(m[1:], default=0) >= 0 for m in p), "a monomial")
        out = {}
        for m in p: out = padd(out, {tuple(m[1:]): Q(m[0])} if Q(m[0]) else {})
        return out
    def number(self, q): return C({(0,) * self.n: Q(q)} if Q(q) else {}, {(0,) * self.n: Q(1)})
    def coef(self, c):
        if isinstance(c, str): return self.number(c)
        need(self.poly(c["den"]), "a denominator is zero")
        return C(self.poly(c["num"]), self.poly(c["den"]))
    def form(self, f):
        need(all(0 <= s < len(self.t["symbols"]) for s, _ in f[0]), "a symbol")
        return {s: self.coef(c) for s, c in f[0]}, self.coef(f[1])
    def formula(self, f):
        if f[0] in HOLDS: return (f[0], *self.form(f[1]))
        need(f[0] in ("all", "any"), "a formula")
        return (f[0], *map(self.formula, f[1:]))
    def minus(self, f): return f_add(self.nothing, f, self.number(-1))
    def negated(self, f):
        if f[0] in HOLDS:
            if f[0] == "=": return self.nonzero(f[1:])
            return ("<=" if f[0] == "<" else "<", *self.minus(f[1:]))
        return ("any" if f[0] == "all" else "all", *map(self.negated, f[1:]))
    def nonzero(self, f): return "any", ("<", *f), ("<", *self.minus(f))
    def any_scales(self, symbols):
        x = [({s: self.one}, self.zero) for s in symbols]
        return ("any", *(("<", *g) for f in x for g in (f, self.minus(f))))
    def point(self, w, ray=None):
        need(len(w) == len(self.t["symbols"]), "a solution")
        return Point(list(map(Q, w)), self.t["parameters"])
class Point:
    def __init__(self, x, parameters): self.x, self.params = x, [x[i] for i in parameters]

# --- proofs ---
class Sequent:
    """The facts in use, {index: formula}, then the extra formulas from number `first` on."""
    def __init__(self, use, extra, first):
        self.all = dict(use)
        self.all.update({first + i: f for i, f in enumerate(extra)})
        self.next = first + len(extra)
    def granted(self, i, node, chosen):
        need(i in self.all, "no such formula")
        f, at = self.all[i], 0
        need(0 <= node < nodes(f), "no such node")
        while at < node:
            kid, below = 1, at + 1
            while node >= below + nodes(f[kid]): below, kid = below + nodes(f[kid]), kid + 1
            need(f[0] == "all" or chosen.get((i, at)) == kid, "an atom that is not granted")
            f, at = f[kid], below
        return f
    def hear(self, f, known):
        for c in () if f[0] not in HOLDS else [*f[1].values(), f[2]]: known.append((c.den, NEG | POS))
        if f[0] == "all":
            for g in f[1:]: self.hear(g, known)
        if f[0] in HOLDS and not f[1]:
            known.append((f[2].num if f[0] == "=" else pmul(f[2].num, f[2].den), HOLDS[f[0]]))
        if f[0] == "any" and len(f) == 3 and f[1][0] == f[2][0] == "<" and not f[1][1]:
            if not f[2][1] and not (f[1][2] + f[2][2]).num: known.append((f[1][2].num, NEG | POS))
    def demand(self, c, signs, held, given):
        if not c.plain():
            known = []
            for f in [*self.all.values(), *held]: self.hear(f, known)
            known = [(h, s) for h, s in known if h]
            p = pmul(c.num, c.den)
            q = pin(p, known)
            if q is None: return
            less = signs_of(shorter(c.num, known), known)
            less = 7 if less & ~ZERO and less & ZERO else ZERO if less & ZERO else NEG | POS
            if not signs_of(p, known) & signs_of(q, known) & less & ~signs: return
            for names, other in given:
                if sum(SIGN[n] for n in names) == signs and not (c + -other).num: return
        else:
            if sign(constant(c.num) / constant(c.den)) & signs: return
        raise Refused("a side condition")
    def refutes(self, t, pf, given, chosen={}, held=()):
        if "sum" in pf:
            total, rel = t.nothing, "="
            for i, node, l in pf["sum"]:
                f, l = self.granted(i, node, chosen), t.coef(l)
                need(f[0] in HOLDS, "a summand that is no atom")
                self.demand(C(l.den, t.one.den), NEG | POS, held, given)
                if f[0] != "=": self.demand(l, POS, held, given)
                total, rel = f_add(total, f[1:], l), max(rel, f[0], key=["=", "<=", "<"].index)
            for c in total[0].values(): self.demand(c, ZERO, held, given)
            return self.demand(total[1], 7 & ~HOLDS[rel], held, given)
        if "split" in pf:
            i, node = pf["split"]
            f = self.granted(i, node, chosen)
            need(f[0] == "any" and len(f) - 1 == len(pf["branches"]), "a split")
            for k, b in enumerate(pf["branches"], 1):
                self.refutes(t, b, given, {**chosen, (i, node): k}, (*held, f[k]))
            return
        c = t.coef(pf["signs"])
        need(constant(c.den) is not None and len(pf["branches"]) == 3, "signs")
        for b, f in zip(pf["branches"], (("<", {}, c), ("=", {}, c), ("<", {}, -c))):
            inner = Sequent(self.all, [f], self.next)
            inner.refutes(t, b, given, chosen, (*held, f))

# --- what has to be shown: (kind, sequent), in order ---
class Frame:
    def __init__(self, t, f):
        self.t, self.facts, chosen = t, list(t.facts), iter(f.get("choices", []))
        for i, x in enumerate(t.t["facts"]):
            claim = next(chosen) if "choice" in x else None
            if claim: self.facts[i] = t.formula(claim)
        self.play = [i for i, x in enumerate(t.t["facts"]) if i not in f.get("without", [])
                     and not (f.get("equations") and x.get("growth"))]
        self.hard = [i for i, x in enumerate(t.t["facts"]) if x.get("given")]
    def sequent(self, facts, *extra):
        return Sequent({i: self.facts[i] for i in facts}, [e for e in extra if e], len(self.facts))
    def outside(self, target, base, ranges):
        """The base scales, and target/base is in none of the ranges."""
        t, ways = self.t, []
        starts = [(None, False)] + [(hi, close == "]") for _, _, hi, close in ranges]
        ends = [(lo, open_ == "[") for open_, lo, _, _ in ranges] + [(None, False)]
        for k, ((lo, lo_open), (hi, hi_open)) in enumerate(zip(starts, ends)):
            if ranges and ((k == 0 and hi is None) or (k == len(ranges) and lo is None)): continue
            for s in (1, -1):
                x, b = (f_add(t.nothing, f, t.number(s)) for f in (target, base))
                way = [("<", *t.minus(b))]
                if lo is not None:
                    f = f_add(f_add(t.nothing, b, t.coef(lo)), x, t.number(-1))
                    way.append(("<" if lo_open else "<=", *f))
                if hi is not None:
                    way.append(("<" if hi_open else "<=", *f_add(x, b, -t.coef(hi))))
                ways.append(("all", *way))
        return ("any", *ways)
    def differs(self, target, base, value, poles):
        q = constant(value.num) / constant(value.den) if value.plain() else None
        den, num = (self.t.number(q.denominator), self.t.number(q.numerator)) if value.plain() else (
            C(p, self.t.one.den) for p in (value.den, value.num))
        f = self.t.nonzero(f_add(f_add(self.t.nothing, target, den), base, -num))
        return ("any", f, ("=", {}, den)) if poles and constant(value.den) is None else f
    def needs(self, th):
        t, kind, facts, minimal = self.t, th["is"], th.get("facts", []), bool(th.get("minimal"))
        need(("about" in th) != (kind in ("consistent", "contradictory", "trivial", "core", "repair",
                                          "fixed")), "what a thesis is about")
        g = t.t["goals"][th["about"]] if "about" in th and kind not in ("best", "redundant") else {}
        when = [t.formula(f) for f in g.get("when", [])]
        whole = lambda kind, *f: (kind, self.sequent(self.play, *when, *f))
        claim = t.formula(g["claim"]) if "claim" in g else None
        if kind in ("proved", "refuted") and not claim:
            said = g["is"].replace("contradiction", "contradictory") == th["verdict"]
            need(said == (kind == "proved"), "the verdict is another")
            kind = th["verdict"]
        def support(*extra):
            used = [when[j] for j in th.get("when", [])]
            return [("no", self.sequent(facts, *used, *extra))] + minimal * (
                [("yes", self.sequent([j for j in facts if j != i], *used, *extra)) for i in facts] +
                [("yes", self.sequent(facts, *used[:k], *used[k + 1:], *extra)) for k in range(len(used))])
        if kind in ("contradictory", "vacuous"): return [whole("no")]
        if kind == "consistent": return [whole("yes", t.scales if len(t.scales) > 1 else None)]
        if kind == "trivial": return [whole("yes"), whole("no", t.scales)]
        if kind in ("core", "repair"):
            left = lambda but: [i for i in self.play if i not in facts or i == but] \
                if kind == "repair" else {*self.hard, *facts} - {but}
            some, order = t.scales if th.get("scales") else None, ["no", "yes"][::1 if kind == "core" else -1]
            return [(order[i is not None], self.sequent(left(i), some)) for i in [None, *facts]]
        if kind == "redundant": return support(t.negated(self.facts[th["about"]]))
        if kind == "fixed": return [whole("no", t.any_scales(facts))]
        if kind == "best": return [("no", self.bettered(th["about"]))]
        if kind == "where": return [whole("no", t.formula(th["where"]), t.negated(claim))]
        if kind == "open": return [whole("yes", claim), whole("yes", t.negated(claim))]
        if kind in ("proved", "refuted"):
            return [whole("yes"), *support(t.negated(claim) if kind == "proved" else claim)]
        target = t.form(g["target"])
        if kind == "signs":
            is_ = {"<": ("<", *target), "=": ("=", *target), ">": ("<", *t.minus(target))}
            other = [is_[s] for s in "<=>" if s not in th["signs"]]
            return [whole("yes", is_[s]) for s in th["signs"]] + (support(("any", *other)) if other else [])
        bases, value = [t.form(b) for b in g.get("bases", [[[], "1"]])], [t.coef(c) for c in th.get("value", [])]
        some = [t.nonzero(b) for b in bases] if g["is"] == "exponent" else [None]
        scales = some[0] if len(some) == 1 else ("any", *some)
        there = scales if th.get("scales") else None
        mix = lambda f, s: [f := f_add(f, b, c * t.number(s)) for b, c in zip(bases, value)][-1]
        ends = lambda target, base: [
            whole("yes", ("=", *f_add(target, base, -t.coef(end))), scales) for a, lo, hi, b in th["ranges"]
            for end in ([lo] if a == "[" else []) + ([hi] if b == "]" and hi != lo else [])]
        if kind == "undefined": return [whole("yes"), *support(scales)]
        if kind == "free":
            need(len(bases) > 1 and any(c.num for c in value or [t.one]), "a dependence")
            return [whole("no", t.nonzero(mix(t.nothing, 1)), scales), whole("yes", scales)] \
                if value else [whole("samples", scales)]
        if kind == "range":
            off = self.outside(target, bases[0], th["ranges"])
            return (support(off, there) if len(off) > 1 else []) + (
                [whole("walks", scales)] if th.get("walked") else ends(target, bases[0]))
        if kind == "exact":
            need(len(value) == len(bases), "the values")
            off, number = t.nonzero(mix(target, -1)) if len(bases) > 1 else \
                self.differs(target, bases[0], value[0], th.get("poles")), (({}, value[0]), ({}, t.one))
            return [whole("samples" if len(bases) > 1 else "yes", scales), *support(off, there)] + (
                [whole("no", self.outside(*number, th["ranges"])), *ends(*number)] if th.get("ranges") else [])
        need(kind == "cases", "a kind of thesis")
        here = [("all", *map(t.formula, c["when"])) for c in th["cases"]]
        off = [self.outside(target, bases[0], c["ranges"]) if "ranges" in c else
               self.differs(target, bases[0], t.coef(c["value"]), th.get("poles")) for c in th["cases"]]
        return [("no", self.sequent(c.get("facts", []), *when, ("all", o, h), scales))
                for c, o, h in zip(th["cases"], off, here)] + [
                whole("no", ("all", *map(t.negated, here)), scales)]
    def bettered(self, which):
        """The solution of a choice, and another with the same fixed quantities that is better."""
        t, c, n = self.t, self.t.t["facts"][which]["choice"], len(self.t.t["symbols"])
        rename = lambda f: ({s + (0 if s in c.get("fixed", []) else n): x for s, x in f[0].items()}, f[1])
        other = lambda f: (f[0], *rename(f[1:])) if f[0] in HOLDS else (f[0], *map(other, f[1:]))
        target = t.form(c.get("minimize") or c["maximize"])
        gain = f_add(rename(target), target, t.number(-1))
        seen = [i for i in self.play if "choice" not in t.t["facts"][i] or i < which]
        return self.sequent(seen, self.facts[which], ("<", *(gain if "minimize" in c else t.minus(gain))),
                            *(other(self.facts[i]) for i in seen))

# --- evidence ---
class Walk:
    def __init__(self, t, w):
        self.ray = "along" in w
        self.near, self.to = t.point(w["from"]), t.point(w["along" if self.ray else "to"])
        need(self.ray or self.near.params == self.to.params, "parameters change on a walk")
    def last(self, f):
        """At the end; of a direction, without the constant."""
        return value(f, self.near, self.to.x) - (value(({}, f[1]), self.near, self.to.x) if self.ray else 0)
    def stays(self, f):
        return every(f, lambda a: holds(a, self.near) and
                     bool(sign(self.last(a[1:])) & (ZERO if a[0] == "=" else NEG | ZERO)))
    def ratios(self, target, base, all_holds):
        """Between which ratios of target and base it leads: (low, is open), (high, is open)."""
        (at, b), (to, b_to) = ([how(f) for f in (target, base)] for how in (
            lambda f: value(f, self.near, self.near.x), self.last))
        need(b != 0 and b_to == (0 if self.ray else b), "the base changes on a walk")
        ends = [(at / b, 0), (to / b, 0 if all_holds(self.to) or at == to else 1)]
        if self.ray: ends[1] = (float("inf") * (1 if to / b > 0 else -1), 1) if to else ends[0]
        (lo, lo_open), (hi, hi_open) = ends if ends[0][0] <= ends[1][0] else ends[::-1]
        return (lo, lo_open), (hi, -hi_open)
def join(spans):
    out = []
    for lo, hi in sorted(spans):
        if out and (lo[0] < out[-1][1][0] or (lo[0] == out[-1][1][0] and (not lo[1] or not out[-1][1][1]))):
            out[-1][1] = max(out[-1][1], hi)
        else: out.append([lo, hi])
    return out
def rank(rows, width):
    rows, n = [list(r) for r in rows], 0
    for k in range(width):
        r = next((r for r in rows[n:] if r[k]), None)
        if not r: continue
        rows.remove(r)
        rows = rows[:n] + [r] + [[x - y * q[k] / r[k] for x, y in zip(q, r)] for q in rows[n:]]
        n += 1
    return n
def met(t, th, kind, s, e):
    goals, fits = t.t["goals"], lambda w: all(holds(f, w) for f in s.all.values())
    if e == {"vouched": True}: return
    if kind == "no": s.refutes(t, e["proof"], [(n, t.coef(c)) for n, c in e.get("given", [])])
    elif kind == "yes": need(fits(t.point(e["solution"])), "a solution does not hold")
    elif kind == "walks":
        g, spans = goals[th["about"]], []
        for w in [Walk(t, w) for w in e["walks"]]:
            need(all(map(w.stays, s.all.values())), "a walk leads outside")
            spans.append(w.ratios(t.form(g["target"]), t.form(g["bases"][0]), fits))
        end = lambda x, inf, open_: (inf, open_) if x is None else (Q(x), open_)
        inf = float("inf")
        need(join(spans) == [[end(lo, -inf, int(a == "(")), end(hi, inf, -(b == ")"))]
                             for a, lo, hi, b in th["ranges"]], "walks do not reach just the ranges")
    else:
        g, points = goals[th["about"]], [t.point(w) for w in e["samples"]]
        rows = [[value(t.form(f), w, w.x) for f in [*g["bases"], g["target"]]] for w in points]
        need(all(map(fits, points)), "a sample does not hold")
        n = len(g["bases"])
        if th.get("value"):
            x = [Q(c) for c in th["value"]]
            need(all(sum(map(lambda p, q: p * q, r, x)) == r[n] for r in rows), "a sample differs")
            need(rank(rows, n) == n, "samples leave a choice")
        else: need(rank(rows, n + 1) > rank(rows, n), "samples agree")

# --- the whole ---
def whole(frames, t):
    """Everything is told of once."""
    goals, facts = t["goals"], t["facts"]
    drops = [th["facts"] for th in frames[0]["theses"] if th["is"] == "repair"]
    need(sorted(drops) == sorted(f["without"] for f in frames if f.get("without")), "the repairs")
    need([1] * any(x.get("growth") for x in facts) == [1 for f in frames if f.get("equations")], "levels")
    for k, f in enumerate(frames):
        need(k > 0 or not (f.get("equations") or f.get("without")), "the first frame")
        first, *rest = [th["is"] for th in f["theses"] if "about" not in th and th["is"] not in
                        ("core", "repair", "fixed")]
        asked = [i for i, g in enumerate(goals) if k == 0 or not f.get("equations")
                 and first != "unknown" and g["is"] in ("exponent", "relation")]
        told = [th["about"] for th in f["theses"] if "about" in th and th["is"] not in ("best", "redundant")]
        need(not rest and asked == told, "not every goal is told of once")
        for th in f["theses"]:
            need(k == 0 or th["is"] not in ("core", "repair", "redundant"), "a thesis in the wrong frame")
            need(th["is"] not in ("core", "repair") or bool(th.get("scales")) == (first == "trivial"), "scales")
        play = Frame(Theory(t), f).play
        best = [th["about"] for th in f["theses"] if th["is"] == "best"]
        need(best == [i for i in play if "choice" in facts[i] and first != "unknown"], "the choices")
def check_theory(item):
    t = Theory(item)
    whole(item["frames"], item)
    for f in item["frames"]:
        frame = Frame(t, f)
        for th in f["theses"]:
            if th["is"] == "unknown": continue
            for key, most in (("facts", len(t.facts)), ("when", 10 ** 6)):
                x = th.get(key, [])
                need(x == sorted(set(x)) and (not x or x[0] >= 0), "a list does not rise")
            needs = list(frame.needs(th))
            need(len(needs) == len(th["by"]), "there is not evidence for each need")
            for (kind, s), e in zip(needs, th["by"]): met(t, th, kind, s, e)
def check(raw, reference=None, sealed=True):
    """None, or why the certificate is refused; with the bytes of another, of the same theories too."""
    try:
        body, mark, end = raw.rpartition(b',"seal":"')
        need(not sealed or end == hashlib.sha256(body).hexdigest().encode() + b'"}\n', "the seal")
        data = json.loads(raw, object_pairs_hook=read_pairs, parse_float=lambda x: need(0, "a number"))
        need(data["certificate"] == 1, "another version")
        said = lambda d: [{k: v for k, v in t.items() if k != "frames"} for t in d["theories"]]
        need(not reference or said(data) == said(json.loads(reference)), "another theory")
        for t in data["theories"]: check_theory(t)
    except Refused as why: return str(why)
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, AttributeError) as why:
        return "not well made: %r" % why
if __name__ == "__main__":
    refused = False
    for p in sys.argv[1:]:
        raw = open(p, "rb").read()
        why, trusted = check(raw), raw.count(b'"vouched":true') + raw.count(b'"given":[[')
        refused = refused or why
        print("%s: %s" % (p, "refused: " + why if why else "verified" if not trusted else
                          "verified; proofs rely on the solver in %d places" % trusted))
    sys.exit(1 if refused else 0)
