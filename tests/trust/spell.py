"""Theories as text: one of the many spellings that docs/language.md allows, chosen by `style`.

Style 0 is the plain one, in ASCII digits and the first signs of the table.
"""

import random
from dataclasses import replace
from fractions import Fraction

import model as m

SIGNS = {
    "∝": ("∝", "~", r"\propto", "∼", "≍", "propto", r"\sim"),
    "≲": ("≲", "<~", r"\lesssim"),
    "≳": ("≳", ">~", r"\gtrsim"),
    "≪": ("≪", "<<", r"\ll"),
    "≫": ("≫", ">>", r"\gg"),
    "=": ("=",),
    "≠": ("≠", "!=", r"\ne"),
    "<": ("<",),
    ">": (">",),
    "≤": ("≤", "<=", r"\le"),
    "≥": ("≥", ">=", r"\ge"),
}
LETTERS = {"ℓ": ("ℓ", "ell", r"\ell"), "α": ("α", "alpha", r"\alpha"),
           "β": ("β", "beta", r"\beta"), "γ": ("γ", "gamma", r"\gamma")}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTES = ('"a note"', '"x | y; (assert false)"', '"λ → ∞"', "[Song 2024, A1]", '"why" [a | b]', "# said")
PLURAL = {"grows": "grow", "shrinks": "shrink", "fixed": "fixed", "scales": "scale"}
SINGULAR_ONE = {"grows": "≫", "shrinks": "≪", "fixed": "∝"}


class Spelling:
    def __init__(self, style):
        self.dice = random.Random(style) if style else None

    def pick(self, options):
        return self.dice.choice(options) if self.dice else options[0]

    def chance(self, p):
        return bool(self.dice) and self.dice.random() < p

    def sign(self, s):
        return self.pick(SIGNS[s])

    def name(self, n):
        if n in LETTERS:
            return self.pick(LETTERS[n])
        if "_" in n and self.chance(0.3):
            return n.replace("_", "_{") + "}"
        return n

    # --- exponents ---

    def number(self, value):
        if self.chance(0.15) and value.denominator in (2, 4, 5, 10, 20):
            text = str(float(abs(value)))
        else:
            text = str(abs(value))
        return ("-" if value < 0 else "") + text

    def exponent(self, e, inside=False):
        """Within a larger exponent it is bracketed unless it is atomic."""
        if isinstance(e, m.Num):
            text = self.number(e.value)
            return "(%s)" % text if inside and ("/" in text or "-" in text) else text
        if isinstance(e, m.Par):
            return self.name(e.name)
        if isinstance(e, m.Unsure):
            return self.unsure(e)
        if isinstance(e, m.Whole):
            return "%s^%d" % (self.exponent(e.base, True), e.power)
        if isinstance(e, m.Extreme):
            return "%s(%s)" % (e.op, ", ".join(self.exponent(a) for a in e.args))
        if isinstance(e, m.Slope):
            return "slope(%s, %s)" % (self.quantity(e.top), self.quantity(e.base))
        sign = {"*": self.pick((" * ", " ", "·", r" \cdot ")), "/": self.pick(("/", " / ", "÷"))}
        text = (self.exponent(e.left, True) + sign.get(e.op, " %s " % e.op) +
                self.exponent(e.right, True))
        return "(%s)" % text if inside else text

    def unsure(self, e):
        middle, half = (e.low + e.high) / 2, (e.high - e.low) / 2
        if self.chance(0.4):
            return "[%s, %s]" % (e.low, e.high)
        return "%s %s %s" % (middle, self.pick(("±", "+-", r"\pm")), half)

    def power(self, e):
        """What stands after the base; nothing for the first power."""
        if isinstance(e, m.Num):
            if e.value == 1:
                return ""
            if e.value.denominator == 1 and self.chance(0.4):
                return str(e.value).translate(SUPERSCRIPT)
            text = self.number(e.value)
            if "/" not in text and self.chance(0.5):
                return "^" + text
        elif isinstance(e, m.Par) and self.chance(0.5):
            return "^" + self.name(e.name)
        else:
            text = self.exponent(e)
        return ("^{%s}" if self.chance(0.3) else "^(%s)") % text

    # --- quantities ---

    def quantity(self, q, inside=False):
        if isinstance(q, m.Name):
            return self.name(q.name)
        if isinstance(q, m.Number):
            return str(q.value)
        if isinstance(q, m.Log):
            return "log(%s)" % self.quantity(q.of)
        if isinstance(q, m.Power):
            return self.powered(q)
        if isinstance(q, m.Product):
            return self.product(q, inside)
        if q.op == "+":
            text = " + ".join(self.quantity(t) for t in q.terms)
            return "(%s)" % text if inside else text
        return "%s(%s)" % (q.op, ", ".join(self.quantity(t) for t in q.terms))

    def powered(self, q):
        base = self.quantity(q.base, True)
        if isinstance(q.base, (m.Power, m.Product, m.Number)):
            base = "(%s)" % self.quantity(q.base)
        if q.power == m.Num(Fraction(1, 2)) and self.chance(0.3):
            return "%s(%s)" % (self.pick(("sqrt", "√")), self.quantity(q.base))
        return base + self.power(q.power)

    def product(self, q, inside):
        times = self.pick((" ", " · ", " * ", r" \cdot "))
        over = [f for f in q.factors if isinstance(f, m.Power) and isinstance(f.power, m.Num)
                and f.power.value < 0]
        top = [f for f in q.factors if f not in over]
        if not over or not top or not self.chance(0.3):
            text = times.join(self.quantity(f, True) for f in q.factors)
            return "(%s)" % text if inside else text
        under = [m.Power(f.base, m.Num(-f.power.value)) for f in over]
        above = times.join(self.quantity(f, True) for f in top)
        below = times.join(self.quantity(f, True) for f in under)
        if self.chance(0.3):
            return r"\frac{%s}{%s}" % (above, below)
        text = "%s / %s" % (above, "(%s)" % below if len(under) > 1 else below)
        return "(%s)" % text if inside else text

    # --- laws ---

    def law(self, law):
        if isinstance(law, m.Growth):
            return self.growth(law)
        side = self.quantity if isinstance(law, m.Chain) else self.exponent
        words = [side(law.sides[0])]
        for sign, s in zip(law.signs, law.sides[1:]):
            words += [self.sign(sign), side(s)]
        return " ".join(words)

    def growth(self, law):
        words = [self.quantity(s) for s in law.sides]
        if len(words) > 1:
            return "%s %s" % (", ".join(words), PLURAL[law.how])
        if law.how in SINGULAR_ONE and isinstance(law.sides[0], m.Name) and self.chance(0.2):
            return "%s %s 1" % (words[0], self.sign(SINGULAR_ONE[law.how]))
        return "%s %s" % (words[0], law.how)

    def laws(self, laws, word):
        return (" %s " % word).join(self.law(law) for law in laws)

    def suppositions(self, when):
        return " when " + self.laws(when, "and") if when else ""

    def choice(self, c):
        fixed = " at fixed " + ", ".join(map(self.name, c.fixed)) if c.fixed else ""
        return "choose %s to %s %s%s" % (", ".join(map(self.name, c.chosen)),
                                         "maximize" if c.maximize else "minimize",
                                         self.quantity(c.target), fixed)

    def statement(self, fact):
        words = "".join(word + " " for word, said in (("given", fact.given),
                                                      ("optional", fact.optional)) if said)
        label = fact.label + ": " if fact.label else ""
        if isinstance(fact, m.Choice):
            said = self.choice(fact)
        else:
            said = self.laws(fact.either, "or") + self.suppositions(fact.when)
        note = " " + self.pick(NOTES) if self.chance(0.15) else ""
        return words + label + said + note

    def goal(self, goal):
        if isinstance(goal, m.AskParameter):
            said = "%s = ?" % self.name(goal.name)
        elif isinstance(goal, m.AskRelation):
            right = "" if isinstance(goal.right, m.Number) else " " + self.quantity(goal.right)
            said = "%s ?%s" % (self.quantity(goal.left), right)
        elif isinstance(goal, m.AskExponent):
            holes = [self.quantity(b, True) + "^?" for b in goal.bases]
            known = [self.quantity(k, True) for k in goal.known]
            said = "%s %s %s" % (self.quantity(goal.target), self.sign("∝"), " ".join(holes + known))
        else:
            said = self.pick(("∴", "therefore", r"\therefore", "⊢", "hence")) + " "
            said += (goal.verdict if isinstance(goal, m.ClaimVerdict) else
                     self.laws(goal.either, "or"))
        return said + self.suppositions(getattr(goal, "when", ()))


class Page:
    """The text of a theory; `theory` is the same with the labels that propto gives, and `goal_at`
    and `regime_at` have what stands in a line."""

    def __init__(self, theory):
        self.lines, self.goal_at = [], {}
        bounds = {f.bounds: f for f in theory.facts if f.bounds}
        declared = {} if theory.sketch else self.declare(theory, bounds)
        facts = tuple(declared.get(f.bounds) or self.fact(f) for f in theory.facts)
        self.goals(theory.goals)
        regimes = tuple(self.regime(r) for r in theory.regimes)
        self.theory = replace(theory, facts=facts, regimes=regimes)
        self.text = "\n".join(self.lines) + "\n"

    def say(self, text):
        self.lines.append(text)
        return "@%d" % len(self.lines)

    def fact(self, fact, indent=""):
        label = self.say(indent + Spelling(fact.style).statement(fact))
        return fact if fact.label else replace(fact, label=label)

    def goals(self, goals, indent=""):
        for goal in goals:
            self.say(indent + Spelling(goal.style).goal(goal))
            self.goal_at[len(self.lines)] = goal

    def declare(self, theory, bounds):
        """Returns the bounds of parameters, as facts with labels."""
        spelling = Spelling(theory.style)
        for word, names in (("quantity", theory.quantities), ("const", theory.constants)):
            if names and spelling.chance(0.5):
                self.say("%s %s" % (word, ", ".join(names)))
            else:
                for name in names:
                    self.say("%s %s" % (word, name) + (' "note"' if spelling.chance(0.2) else ""))
        declared = {}
        for name in theory.parameters:
            fact = bounds.get(name)
            said = Spelling(fact.style).law(fact.either[0]) if fact else name
            label = self.say("param " + said)
            if fact:
                declared[name] = replace(fact, label=label)
        return declared

    def regime(self, r):
        head = "regime " + r.name
        for word, labels in (("without", r.without), ("with", r.named)):
            if labels:
                head += " %s %s" % (word, ", ".join(labels))
        self.say(head + " {")
        facts = tuple(self.fact(f, "  ") for f in r.facts)
        self.goals(r.goals, "  ")
        self.say("}")
        return replace(r, facts=facts)
