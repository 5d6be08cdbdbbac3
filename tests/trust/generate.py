"""Random theories. theory(seed, index) depends on nothing else.

Most are grown around a hidden solution, so that many statements agree; some of them are then said
wrongly, so that a good part of the theories is contradictory. Exponents stay simple.
"""

import random
from dataclasses import replace
from fractions import Fraction

import meaning
import model as m

KINDS = ("equations", "inequalities", "cases", "sums", "parameters", "measured", "choices",
         "comparisons")
NAMES = ("w", "L", "N", "D", "N_p", "ℓ", "C", "T", "Np", "loss")
LETTERS = ("w", "L", "N", "D", "C", "T", "x", "y")  # of a sketch
PARAMETERS = ("α", "β", "γ")
HALF = Fraction(1, 2)
SIMPLE = [Fraction(n, d) for n, d in ((1, 1), (1, 1), (2, 1), (3, 1), (1, 2), (1, 3), (2, 3),
                                      (3, 2), (-1, 1), (-1, 1), (-2, 1), (-1, 2), (-1, 3), (4, 1))]
SIGNS = ("∝", "≲", "≳", "≪", "≫")
COMPARISONS = ("=", "≠", "<", "≤", ">", "≥")


def sign_of(x):
    return (x > 0) - (x < 0)


class Garden:
    """A theory under way: what it may speak of, and the hidden solution."""

    def __init__(self, seed, index):
        self.dice = random.Random("%d/%d" % (seed, index))
        self.kind = self.dice.choice(KINDS)
        self.sketch = self.chance(0.15)
        self.slips = self.dice.choice((0, 0, 0.1, 0.3))
        self.facts, self.goals = [], []
        self.x, self.p = {}, {}
        self.quantities, self.constants, self.parameters = [], [], []

    # chance

    def chance(self, p):
        return self.dice.random() < p

    def pick(self, options):
        return self.dice.choice(options)

    def simple(self):
        return self.pick(SIMPLE)

    def style(self):
        return self.dice.randrange(1, 1 << 30) if self.chance(0.8) else 0

    def some(self, names, most=2):
        names = list(names)
        return self.dice.sample(names, self.dice.randint(1, min(most, len(names))))

    # values at the hidden solution

    def meaning(self):
        known = {**self.x, **{c: Fraction(0) for c in self.constants}}
        return meaning.Meaning(meaning.Exact(), known, self.p)

    def value(self, order=None, exponent=None):
        """None where a divisor is zero."""
        known = self.meaning()
        v = known.order(order) if order is not None else known.exponent(exponent)
        return v.low if v.den is None else v.low / v.den if v.den else None

    # exponents

    def number(self):
        return m.Num(self.simple())

    def letter(self):
        return m.Par(self.pick(self.parameters))

    def lettered(self):
        """An exponent with a parameter in it."""
        a, b = self.letter(), self.letter()
        whole = m.Num(Fraction(self.dice.randint(1, 3)))
        divisor = self.pick((a, m.Op("+", a, b), m.Op("+", whole, a), m.Op("-", a, whole)))
        return self.pick((
            a, a, a, b, m.Op("-", m.Num(Fraction(0)), a), m.Op("+", a, whole), m.Op("-", whole, a),
            m.Op("*", a, b), m.Op("+", a, b), m.Op("-", a, b), m.Op("*", whole, a),
            m.Op("/", whole, divisor), m.Op("/", b, divisor), m.Op("/", a, whole),
            m.Whole(a, 2), m.Extreme(self.pick(("max", "min")), (a, self.pick((b, whole))))))

    def exponent(self):
        if self.parameters and self.kind in ("parameters", "comparisons") and self.chance(0.6):
            e = self.lettered()
            if self.value(exponent=e) is not None:
                return e
        return self.number()

    # quantities

    def power(self, name, e=None):
        e = e or self.exponent()
        return m.Name(name) if e == m.Num(Fraction(1)) else m.Power(m.Name(name), e)

    def product(self, names, powers=None):
        factors = [self.power(n, e) for n, e in zip(names, powers or [None] * len(names))]
        if self.constants and self.chance(0.2):
            factors.append(self.power(self.pick(self.constants), self.number()))
        if self.chance(0.1):
            factors.insert(0, m.Number(self.dice.randint(2, 9)))
        return factors[0] if len(factors) == 1 else m.Product(tuple(factors))

    def term(self):
        if self.chance(0.1):
            return m.Name(self.pick(self.constants)) if self.constants else m.Number(3)
        return self.product(self.some(self.x))

    def total(self, depth=1):
        terms = [self.term() for _ in range(self.dice.randint(2, 3))]
        if depth and self.chance(0.2):
            terms[0] = self.total(0)
        s = m.Sum(self.pick(("+", "+", "max", "min")), tuple(terms))
        if self.chance(0.2):
            s = m.Power(s, self.number())
        return m.Product((s, self.term())) if depth and self.chance(0.15) else s

    def side(self):
        if self.kind == "sums" and self.chance(0.6):
            return self.total()
        if self.chance(0.02):
            return m.Product((m.Log(m.Name(self.pick(list(self.x)))), self.term()))
        return self.product(self.some(self.x))

    # laws

    def fitting(self, a, b):
        """A sign that is true of two numbers."""
        if a is None or b is None or self.chance(self.slips):
            return self.pick(SIGNS)
        if a == b:
            return self.pick(("∝", "∝", "≲", "≳"))
        return self.pick(("≪", "≲") if a < b else ("≫", "≳"))

    def equation(self, name):
        """A product of powers of others that fits, or one that only might."""
        others = [n for n in self.x if n != name]
        if not others:
            return None
        names = self.some(others)
        last = self.x[names[-1]]
        powers = [self.number() for _ in names]
        if last and not self.chance(self.slips):
            rest = sum(self.x[n] * e.value for n, e in zip(names[:-1], powers))
            fits = (self.x[name] - rest) / last
            if fits and fits.denominator <= 12 and abs(fits.numerator) <= 24:
                powers[-1] = m.Num(fits)
        return m.Chain((m.Name(name), self.product(names, powers)), ("∝",))

    def relation(self):
        sides = [self.side() for _ in range(3 if self.chance(0.15) else 2)]
        values = [self.value(order=s) for s in sides]
        return m.Chain(tuple(sides), tuple(self.fitting(a, b) for a, b in zip(values, values[1:])))

    def growth(self, names=None):
        names = names or self.some(self.x, 2)
        signs = {sign_of(self.x[n]) for n in names}
        how = {1: "grows", -1: "shrinks", 0: "fixed"}[signs.pop()] if len(signs) == 1 else "scales"
        if self.chance(self.slips):
            how = self.pick(("grows", "shrinks", "fixed", "scales"))
        elif self.chance(0.1):
            how = "scales"
        return m.Growth(tuple(m.Name(n) for n in names), how)

    def comparison(self, letters=False):
        """Between exponents; of slopes, where there are no parameters."""
        if self.parameters and (letters or self.chance(0.7)):
            sides = [self.letter(), self.pick((self.number(), self.letter(), self.lettered()))]
        else:
            top, base = self.pick(list(self.x)), self.pick(list(self.x))
            sides = [m.Slope(m.Name(top), m.Name(base)), self.number()]
            if self.parameters and self.chance(0.3):
                sides[1] = self.letter()
        if self.chance(0.2):
            sides.reverse()
        a, b = (self.value(exponent=s) for s in sides)
        fitting = [s for s in COMPARISONS if a is not None and b is not None
                   and meaning.Exact().compare(a, s, b)]
        sign = self.pick(COMPARISONS if not fitting or self.chance(self.slips) else fitting)
        return m.Compare(tuple(sides), (sign,))

    def law(self):
        roll = self.dice.random()
        if self.kind == "comparisons" and roll < 0.5:
            return self.comparison()
        if self.kind in ("parameters", "sums", "inequalities") and roll < 0.45 or roll < 0.2:
            return self.relation()
        if roll > 0.85:
            return self.growth()
        return self.equation(self.pick(list(self.x))) or self.growth()

    # statements

    def add(self, law, *more, when=()):
        self.facts.append(m.Fact("", (law,) + more, tuple(when), given=self.chance(0.08),
                                 style=self.style()))

    def define(self, name):
        """A new quantity by earlier ones, of which it gets its hidden exponent."""
        if not self.x or self.chance(0.12):
            self.x[name] = self.pick([Fraction(0), Fraction(1), Fraction(1), Fraction(2), HALF,
                                      Fraction(-1), Fraction(3)])
            return
        law = self.total() if self.kind == "sums" and self.chance(0.6) else \
            self.product(self.some(self.x))
        value = self.value(order=law)
        if value is None or value.denominator > 36 or abs(value) > 40:
            self.x[name] = Fraction(1)
            return
        self.x[name] = value
        sides = (m.Name(name), law)
        self.add(m.Chain(sides if self.chance(0.9) else sides[::-1], ("∝",)))

    def case(self):
        if self.chance(0.5):
            laws = [self.law() for _ in range(self.dice.randint(2, 3))]
            self.add(*laws, when=[self.law()] if self.chance(0.2) else ())
        else:
            self.add(self.law(), when=[self.law() for _ in range(self.dice.randint(1, 2))])

    def unsure(self):
        middle, half = abs(self.simple()), self.pick((Fraction(1, 10), Fraction(1, 20), HALF / 2))
        return m.Unsure(middle - half, middle + half)

    def measured(self):
        names = self.dice.sample(list(self.x), 2)
        if self.chance(0.15):
            law = m.Compare((m.Slope(m.Name(names[0]), m.Name(names[1])), self.unsure()),
                            (self.pick(("=", "≤", "≥")),))
        else:
            right = m.Power(m.Name(names[1]), self.unsure())
            if self.chance(0.2):
                right = m.Product((right, self.term()))
            law = m.Chain((m.Name(names[0]), right), (self.pick(("∝", "∝", "∝", "≲", "≳")),))
        self.add(law)

    def bound(self, name):
        p, x = m.Par(name), self.p[name]
        low, high = m.Num(Fraction(0)), m.Num(Fraction(self.dice.randint(3, 5)))
        if x > 0 and self.chance(0.7):
            law = m.Compare((p, low), (">",))
            if x < 3 and self.chance(0.3):
                law = m.Compare((low, p, high), ("<", self.pick(("<", "≤"))))
            self.facts.append(m.Fact("", (law,), bounds="" if self.sketch else name,
                                     style=self.style()))

    # choices

    def choices(self):
        """A loss of several terms under a cost; the exponents of both are positive."""
        chosen = self.quantities[:self.dice.randint(1, 3)]
        loss, cost = self.quantities[3], self.quantities[4]
        positive = [Fraction(1), Fraction(2), HALF, Fraction(1, 3), Fraction(3, 2)]
        letters = list(self.parameters)

        def weight():
            return m.Op("-", m.Num(Fraction(0)), m.Par(letters.pop())) if letters else \
                m.Num(-self.pick(positive))

        terms = [m.Power(m.Name(c), weight()) for c in chosen if self.chance(0.9)]
        terms = terms or [m.Power(m.Name(chosen[0]), weight())]
        if self.chance(0.15):
            terms.append(m.Power(m.Name(cost), m.Num(-self.pick(positive))))
        self.add(m.Chain((m.Name(loss), m.Sum("+", tuple(terms)) if len(terms) > 1 else terms[0]),
                         ("∝",)))
        spent = [self.power(c, m.Num(self.pick(positive))) for c in chosen]
        self.add(m.Chain((m.Name(cost), m.Product(tuple(spent)) if len(spent) > 1 else spent[0]),
                         (self.pick(("∝", "∝", "∝", "≳")),)))
        for c in chosen:
            if self.chance(0.3):
                self.add(m.Chain((m.Name(c), m.Number(1)), (self.pick(("≳", "≳", "≲", "≫")),)))
        if self.chance(0.3):
            self.add(m.Chain((m.Name(self.pick(chosen)), self.power(cost, self.number())),
                             (self.pick(("≲", "≳")),)))
        best = self.chance(0.85)
        self.facts.append(m.Choice(
            "", tuple(chosen), m.Name(loss) if best else m.Power(m.Name(loss), m.Num(Fraction(-1))),
            (cost,) if self.chance(0.9) else (), maximize=not best, given=self.chance(0.1),
            style=self.style()))
        if self.chance(0.85):
            self.add(m.Growth((m.Name(cost),), "grows"))
        if self.chance(0.25):
            self.add(m.Chain((m.Name(chosen[0]), self.power(cost, self.number())), ("∝",)))
        self.x = {q: Fraction(1) for q in chosen + [loss, cost]}
        self.x[loss] = Fraction(-1)

    # goals

    def when(self, p=0.2):
        return tuple(self.law() for _ in range(1)) if self.chance(p) else ()

    def question(self):
        """A question does not turn on which of two exponents is the greater one."""
        while True:
            goal = self.any_question()
            if not m.has(replace(goal, when=()), m.Extreme):
                return goal

    def any_question(self):
        roll = self.dice.random()
        if self.parameters and roll < 0.25:
            return m.AskParameter(self.pick(self.parameters), self.when(), self.style())
        a, b = self.pick(list(self.x)), self.pick(list(self.x))
        if roll < 0.4:
            right = self.pick((m.Number(1), m.Name(b), self.product(self.some(self.x))))
            return m.AskRelation(m.Name(a), right, self.when(), self.style())
        bases = [n for n in self.some(self.x, 2 if self.chance(0.15) else 1)]
        target = m.Name(a) if self.chance(0.85) else self.product(self.some(self.x))
        known = (self.power(b, self.number()),) if self.chance(0.1) and b not in bases else ()
        return m.AskExponent(target, tuple(map(m.Name, bases)), known, self.when(), self.style())

    def conclusion(self):
        if self.chance(0.08):
            return m.ClaimVerdict(self.pick(("contradiction", "consistent", "trivial")),
                                  self.style())
        laws = [self.law() for _ in range(2 if self.chance(0.1) else 1)]
        if self.kind == "measured" and self.chance(0.4):
            a, b = self.dice.sample(list(self.x), 2)
            laws = [m.Chain((m.Name(a), m.Power(m.Name(b), self.unsure())),
                            (self.pick(("∝", "≲", "≳")),))]
        return m.Claim(tuple(laws), self.when(), self.style())

    # the whole

    def regime(self, number, labels):
        own = []
        saved, self.facts = self.facts, own
        if self.chance(0.4):
            self.add(self.law())
        self.facts = saved
        own = tuple(replace(f, label="") for f in own)
        held = [f.label for f in self.facts if f.label and not f.optional]
        extra = [f.label for f in self.facts if f.optional]
        return m.Regime("r%d" % number, tuple(self.some(held)) if held else (),
                        tuple(self.some(extra)) if extra and self.chance(0.6) else (), own,
                        (self.question(),) if self.chance(0.5) else (self.conclusion(),))

    def finish(self):
        """Labels, optional statements, regimes."""
        regimes = not self.sketch and self.chance(0.2)
        for i, f in enumerate(self.facts):
            if not f.bounds and (regimes or self.chance(0.6)):
                self.facts[i] = replace(f, label="S%d" % (i + 1),
                                          optional=regimes and self.chance(0.12))
        found = []
        if regimes:
            found = [self.regime(i, None) for i in range(self.dice.randint(1, 2))]
        theory = m.Theory(self.kind, tuple(self.quantities), tuple(self.constants),
                          tuple(self.parameters), tuple(self.facts), tuple(self.goals),
                          tuple(found), self.sketch, self.style())
        return m.as_sketch(theory) if self.sketch else theory


def theory(seed, index):
    g = Garden(seed, index)
    lettered = g.kind in ("parameters", "comparisons") or (g.kind == "choices" and g.chance(0.25))
    if lettered:
        g.parameters = list(PARAMETERS[:g.dice.randint(1, 2 if g.chance(0.8) else 3)])
        for p in g.parameters:
            g.p[p] = g.pick([HALF, Fraction(1), Fraction(2), Fraction(1, 3), Fraction(3, 2),
                             Fraction(-1)])
            g.bound(p)
    names = list(LETTERS if g.sketch else NAMES)
    g.dice.shuffle(names)
    if g.kind == "choices":
        g.quantities = names[:5]
        g.choices()
        g.quantities = [q for q in g.quantities if q in g.x]
    else:
        g.quantities = names[:g.dice.randint(2, 6 if g.kind != "parameters" else 4)]
        if not g.sketch and g.chance(0.3):
            g.constants = ["K"]
        for q in g.quantities:
            g.define(q)
        grow(g)
    g.goals = [g.question() for _ in range(g.dice.randint(1, 3))]
    g.goals += [g.conclusion() for _ in range(g.dice.randint(0, 2))]
    return g.finish()


def grow(g):
    for _ in range(g.dice.randint(0, 3)):
        if g.kind == "cases" and g.chance(0.7):
            g.case()
        elif g.kind == "measured" and g.chance(0.7) and len(g.x) > 1:
            g.measured()
        else:
            g.add(g.law())
    if g.chance(0.7):
        g.add(g.growth([g.pick(list(g.x))]))
    if not g.facts:
        g.add(g.growth())
