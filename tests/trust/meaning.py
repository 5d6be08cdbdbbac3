"""What a theory says of exponents, by docs/language.md: clauses 3 and 4.

One walk over the theory serves two algebras: Smt writes terms and formulas of SMT-LIB, Exact
computes in fractions. A value is low/den .. high/den: the ends differ where an uncertain number is
in it, and den, where it is not None, is a divisor that must not be zero. Nothing is ever divided.
Maxima stay what they are (`ite`); nothing is split into cases, and nothing is simplified.
"""

from fractions import Fraction

import model as m

TURNED = {"=": "=", "≠": "≠", "<": ">", ">": "<", "≤": "≥", "≥": "≤"}
AS_COMPARISON = {"∝": "=", "≲": "≤", "≳": "≥", "≪": "<", "≫": ">"}
GROWTH = {"grows": ">", "shrinks": "<", "fixed": "=", "scales": "≠"}


class Exact:
    """Fractions and truth values."""

    nonlinear = False

    def add(self, a, b):
        return a + b

    def mul(self, a, b):
        return a * b

    def ite(self, c, a, b):
        return a if c else b

    def compare(self, a, sign, b):
        return {"=": a == b, "≠": a != b, "<": a < b, ">": a > b,
                "≤": a <= b, "≥": a >= b}[sign]

    def all(self, formulas):
        return all(formulas)

    def any(self, formulas):
        return any(formulas)

    def no(self, formula):
        return not formula


def numeral(value):
    size = abs(value)
    text = "%d.0" % size.numerator
    if size.denominator != 1:
        text = "(/ %s %d.0)" % (text, size.denominator)
    return "(- %s)" % text if value < 0 else text


class Smt:
    """Terms are fractions, or text; formulas are text. It notices products of unknowns."""

    def __init__(self):
        self.nonlinear = False

    def term(self, a):
        return a if isinstance(a, str) else numeral(a)

    def add(self, a, b):
        if not isinstance(a, str) and not isinstance(b, str):
            return a + b
        if a == 0 or b == 0:
            return b if a == 0 else a
        return "(+ %s %s)" % (self.term(a), self.term(b))

    def mul(self, a, b):
        if not isinstance(a, str) and not isinstance(b, str):
            return a * b
        if a == 0 or b == 0:
            return Fraction(0)
        if a == 1 or b == 1:
            return b if a == 1 else a
        self.nonlinear |= isinstance(a, str) and isinstance(b, str)
        return "(* %s %s)" % (self.term(a), self.term(b))

    def ite(self, c, a, b):
        if c in ("true", "false") or a == b:
            return a if c == "true" or a == b else b
        return "(ite %s %s %s)" % (c, self.term(a), self.term(b))

    def compare(self, a, sign, b):
        if not isinstance(a, str) and not isinstance(b, str):
            return "true" if Exact().compare(a, sign, b) else "false"
        if sign == "≠":
            return self.no(self.compare(a, "=", b))
        return "(%s %s %s)" % ({"≤": "<=", "≥": ">="}.get(sign, sign), self.term(a), self.term(b))

    def all(self, formulas):
        return self._join("and", "true", formulas)

    def any(self, formulas):
        return self._join("or", "false", formulas)

    def _join(self, word, empty, formulas):
        kept = list(formulas)
        return "(%s %s)" % (word, " ".join(kept)) if len(kept) > 1 else (kept or [empty])[0]

    def no(self, formula):
        return "(not %s)" % formula


class Value:
    def __init__(self, low, high, den=None):
        self.low, self.high, self.den = low, high, den

    def certain(self):
        return self.low is self.high or self.low == self.high


def sure(term):
    return Value(term, term)


class Meaning:
    """The meaning of laws where quantities and parameters have the terms of two dictionaries."""

    def __init__(self, algebra, exponent_of, parameter):
        self.a, self.exponent_of, self.parameter = algebra, exponent_of, parameter
        self.divisors = []

    # values

    def scaled(self, v, term):
        """v times a term without a divisor."""
        if v.certain():
            low = high = self.a.mul(v.low, term)
            return Value(low, high, v.den)
        low, high = self.a.mul(v.low, term), self.a.mul(v.high, term)
        if not isinstance(term, str):
            return Value(low, high, v.den) if term >= 0 else Value(high, low, v.den)
        up = self.a.compare(term, "≥", Fraction(0))
        return Value(self.a.ite(up, low, high), self.a.ite(up, high, low), v.den)

    def divided(self, v, term):
        self.divisors.append(term)
        return Value(v.low, v.high, term if v.den is None else self.a.mul(v.den, term))

    def product(self, x, y):
        if not x.certain():
            x, y = y, x
        assert x.certain(), "a product of uncertain numbers"
        v = self.scaled(y, x.low)
        if x.den is not None:
            v = Value(v.low, v.high, x.den if v.den is None else self.a.mul(x.den, v.den))
        return v

    def alike(self, x, y):
        """Both over one divisor."""
        if x.den == y.den:
            return x, y, x.den
        den = x.den if y.den is None else y.den if x.den is None else self.a.mul(x.den, y.den)
        return (x if y.den is None else self.scaled(x, y.den),
                y if x.den is None else self.scaled(y, x.den), den)

    def plus(self, x, y):
        x, y, den = self.alike(x, y)
        low = self.a.add(x.low, y.low)
        return Value(low, low if x.certain() and y.certain() else self.a.add(x.high, y.high), den)

    def minus(self, x, y):
        return self.plus(x, self.scaled(y, Fraction(-1)))

    def greater_of(self, x, y, least):
        """The greater one, or the least."""
        x, y, den = self.alike(x, y)
        ends = []
        for a, b in ((x.low, y.low), (x.high, y.high)):
            above = self.a.compare(a, "≥", b)
            most, fewest = self.a.ite(above, a, b), self.a.ite(above, b, a)
            if least:
                most, fewest = fewest, most
            if den is not None:
                most = self.a.ite(self.a.compare(den, ">", Fraction(0)), most, fewest)
            ends.append(most)
        return Value(ends[0], ends[0] if x.certain() and y.certain() else ends[1], den)

    def extreme(self, values, least):
        result = values[0]
        for v in values[1:]:
            result = self.greater_of(result, v, least)
        return result

    def exponent(self, e):
        if isinstance(e, m.Num):
            return sure(e.value)
        if isinstance(e, m.Par):
            return sure(self.parameter[e.name])
        if isinstance(e, m.Unsure):
            return Value(e.low, e.high)
        if isinstance(e, m.Whole):
            result = sure(Fraction(1))
            for _ in range(e.power):
                result = self.product(result, self.exponent(e.base))
            return result
        if isinstance(e, m.Extreme):
            return self.extreme([self.exponent(a) for a in e.args], e.op == "min")
        if isinstance(e, m.Slope):
            return self.quotient(self.order(e.top), self.order(e.base))
        assert isinstance(e, m.Op), e
        x, y = self.exponent(e.left), self.exponent(e.right)
        return {"+": self.plus, "-": self.minus, "*": self.product,
                "/": self.quotient}[e.op](x, y)

    def quotient(self, x, y):
        assert y.certain(), "an uncertain divisor"
        v = x if y.den is None else self.scaled(x, y.den)
        return self.divided(v, y.low)

    def order(self, q):
        """The exponent of a quantity."""
        if isinstance(q, m.Name):
            return sure(self.exponent_of[q.name])
        if isinstance(q, (m.Number, m.Log)):
            return sure(Fraction(0))
        if isinstance(q, m.Power):
            return self.product(self.exponent(q.power), self.order(q.base))
        if isinstance(q, m.Product):
            result = sure(Fraction(0))
            for factor in q.factors:
                result = self.plus(result, self.order(factor))
            return result
        assert isinstance(q, m.Sum), q
        return self.extreme([self.order(t) for t in q.terms], q.op == "min")

    # formulas

    def compared(self, x, sign, y):
        """x sign y, for some of the values where they are uncertain."""
        d = self.minus(x, y)
        if d.den is None:
            return self.with_zero(d, sign)
        zero = Fraction(0)
        if sign in ("=", "≠"):
            return self.with_zero(d, sign)
        return self.a.any([
            self.a.all([self.a.compare(d.den, ">", zero), self.with_zero(d, sign)]),
            self.a.all([self.a.compare(d.den, "<", zero), self.with_zero(d, TURNED[sign])])])

    def with_zero(self, d, sign):
        zero = Fraction(0)
        if d.certain():
            return self.a.compare(d.low, sign, zero)
        low, high = self.a.compare(d.low, "≤", zero), self.a.compare(d.high, "≥", zero)
        return {"=": lambda: self.a.all([low, high]),
                "≠": lambda: self.a.no(self.a.all([self.a.compare(d.low, "=", zero),
                                                   self.a.compare(d.high, "=", zero)])),
                "≤": lambda: low,
                "≥": lambda: high,
                "<": lambda: self.a.compare(d.low, "<", zero),
                ">": lambda: self.a.compare(d.high, ">", zero)}[sign]()

    def law(self, law):
        self.divisors = []
        found = []
        if isinstance(law, m.Growth):
            for side in law.sides:
                found.append(self.compared(self.order(side), GROWTH[law.how], sure(Fraction(0))))
        else:
            value = self.order if isinstance(law, m.Chain) else self.exponent
            values = [value(side) for side in law.sides]
            for i, sign in enumerate(law.signs):
                found.append(self.compared(values[i], AS_COMPARISON.get(sign, sign), values[i + 1]))
        guards = [self.a.compare(d, "≠", Fraction(0)) for d in self.divisors]
        return self.a.all(guards + found)

    def laws(self, laws):
        return self.a.all([self.law(law) for law in laws])

    def either(self, laws):
        return self.a.any([self.law(law) for law in laws])

    def fact(self, fact):
        refuted = [self.a.no(self.law(law)) for law in fact.when]
        return self.a.any(refuted + [self.either(fact.either)])

    def scales(self, names):
        return self.a.any([self.a.compare(self.exponent_of[n], "≠", Fraction(0)) for n in names])


def exact(theory, values):
    """The meaning at the exponents and parameters of a solution that propto prints."""
    number = {name: Fraction(text) for name, text in values.items()}
    for name in theory.constants:
        number[name] = Fraction(0)
    return Meaning(Exact(), number, number)


# --- what is said of growth ---

SOME = [Fraction(11, 7), Fraction(23, 5), Fraction(31, 13), Fraction(41, 17)]


def powers_of(q, known):
    """The terms of a sum, or the one product: for each the powers of its quantities, none zero, at
    some values of the parameters."""
    if isinstance(q, m.Name):
        return [{q.name: Fraction(1)} if q.name in known.exponent_of else {}]
    if isinstance(q, m.Sum):
        return [powers for term in q.terms for powers in powers_of(term, known)]
    if isinstance(q, m.Power):
        e = known.exponent(q.power)
        return [{n: p * e.low / (e.den or 1) for n, p in powers.items() if e.low}
                for powers in powers_of(q.base, known)]
    found = [{}]
    for factor in q.factors if isinstance(q, m.Product) else ():
        found = [{n: a.get(n, 0) + b.get(n, 0) for n in {**a, **b} if a.get(n, 0) + b.get(n, 0)}
                 for a in found for b in powers_of(factor, known)]
    return found


def is_growth(fact, theory):
    """`w grows` and what is said so, also as a relation with a number (clause 3.5)."""
    letters = dict(zip(theory.parameters, SOME))
    known = Meaning(Exact(), dict.fromkeys(theory.quantities, Fraction(0)), letters)

    def link(a, b):
        a, b = powers_of(a, known), powers_of(b, known)
        return not any(a) and any(b) and all(len(powers) <= 1 for powers in b)

    def growth(law):
        return isinstance(law, m.Growth) or isinstance(law, m.Chain) and all(
            link(a, b) or link(b, a) for a, b in zip(law.sides, law.sides[1:]))

    return isinstance(fact, m.Fact) and all(growth(law) for law in fact.either)


class Script:
    """A frame in SMT-LIB: a definition for each fact, at some parameters or at all.

    `at` gives numbers to parameters; those that it leaves out are unknowns.
    """

    def __init__(self, frame, at=None):
        self.frame, theory = frame, frame.theory
        self.at = at or {}
        self.smt = Smt()
        self.unknown = ["q_%d" % i for i in range(len(theory.quantities))]
        self.name = dict(zip(theory.quantities, self.unknown))
        self.name.update({c: Fraction(0) for c in theory.constants})
        self.parameter = {}
        self.free = []
        for i, p in enumerate(theory.parameters):
            self.parameter[p] = self.at.get(p, "p_%d" % i)
            if p not in self.at:
                self.free.append("p_%d" % i)
        self.meaning = Meaning(self.smt, self.name, self.parameter)
        self.quantified = any(isinstance(f, m.Choice) for f in frame.facts)
        self.formula = [None if isinstance(f, m.Choice) else self.meaning.fact(f)
                        for f in frame.facts]
        self.nonlinear_facts = self.smt.nonlinear

    def sorts(self):
        return "".join("(declare-fun %s () Real)\n" % x for x in self.unknown + self.free)

    def scales(self):
        return self.meaning.scales(self.frame.theory.quantities)

    def of_another(self, facts, before, prefix, fixed):
        """All facts, of another solution: those before a choice among choices, and every other."""
        theory = self.frame.theory
        other = {q: self.name[q] if q in fixed else prefix + self.name[q] for q in theory.quantities}
        other.update({c: Fraction(0) for c in theory.constants})
        meaning = Meaning(self.smt, other, self.parameter)
        found = []
        for i in facts:
            fact = self.frame.facts[i]
            if isinstance(fact, m.Choice):
                if i < before:
                    found.append(self.best(i, facts, other, prefix + "z"))
            else:
                found.append(meaning.fact(fact))
        return meaning, other, found

    def best(self, which, facts, here=None, prefix="y"):
        """No other solution of the facts that fact `which`, a choice, sees betters this one."""
        choice = self.frame.facts[which]
        here = here or self.name
        saved, self.name = self.name, here
        meaning, other, found = self.of_another(facts, which, prefix, choice.fixed)
        self.name = saved
        mine = Meaning(self.smt, here, self.parameter).order(choice.target)
        theirs = meaning.order(choice.target)
        sign = ">" if choice.maximize else "<"
        found.append(meaning.compared(theirs, sign, mine))
        bound = [other[q] for q in self.frame.theory.quantities if q not in choice.fixed]
        some = "(exists (%s) %%s)" % " ".join("(%s Real)" % x for x in bound) if bound else "%s"
        return self.smt.no(some % self.smt.all(found))

    def facts(self, held, seen=None):
        """Formulas of the facts in `held`; a choice is one among the solutions of `seen`."""
        seen = held if seen is None else seen
        return [self.best(i, seen) if self.formula[i] is None else self.formula[i] for i in held]
