"""Theories as values: what the random theories of `make trust` are made of.

A theory is built, spelled (spell.py), given its meaning (meaning.py) and made smaller (shrink.py)
in this form alone. Nothing here, nor in those files, knows propto's own code: the source is
docs/language.md. All classes are immutable; fields that are tuples hold parts in order.
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction

# --- exponents ---


@dataclass(frozen=True)
class Num:
    value: Fraction


@dataclass(frozen=True)
class Par:
    name: str


@dataclass(frozen=True)
class Op:
    """`op` is one of + - * /."""
    op: str
    left: object
    right: object


@dataclass(frozen=True)
class Whole:
    """A whole power of an exponent: α²."""
    base: object
    power: int


@dataclass(frozen=True)
class Extreme:
    """`op` is max or min; of exponents."""
    op: str
    args: tuple


@dataclass(frozen=True)
class Unsure:
    """Some value in a closed interval, low < high."""
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Slope:
    top: object
    base: object


# --- quantities ---


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Power:
    base: object
    power: object


@dataclass(frozen=True)
class Product:
    factors: tuple


@dataclass(frozen=True)
class Sum:
    """`op` is +, max or min; of quantities."""
    op: str
    terms: tuple


@dataclass(frozen=True)
class Log:
    of: object


# --- laws ---


@dataclass(frozen=True)
class Chain:
    """sides[0] signs[0] sides[1] ...: signs are of ∝ ≲ ≳ ≪ ≫, the sides quantities."""
    sides: tuple
    signs: tuple


@dataclass(frozen=True)
class Growth:
    """`how` is one of grows, shrinks, fixed, scales."""
    sides: tuple
    how: str


@dataclass(frozen=True)
class Compare:
    """The same as a chain, of exponents: signs are of = ≠ < ≤ > ≥."""
    sides: tuple
    signs: tuple


# --- statements ---


@dataclass(frozen=True)
class Fact:
    """One of the laws holds, if all conditions do. A bound stands in its parameter's declaration."""
    label: str
    either: tuple
    when: tuple = ()
    given: bool = False
    optional: bool = False
    bounds: str = ""  # the parameter that is declared with it
    style: int = 0


@dataclass(frozen=True)
class Choice:
    label: str
    chosen: tuple  # names
    target: object
    fixed: tuple = ()  # names
    maximize: bool = False
    given: bool = False
    optional: bool = False
    bounds: str = ""
    style: int = 0


# --- goals ---


@dataclass(frozen=True)
class AskExponent:
    """target ∝ base^? ... (and a factor that is known)."""
    target: object
    bases: tuple
    known: tuple = ()  # powers on the right side
    when: tuple = ()
    style: int = 0


@dataclass(frozen=True)
class AskRelation:
    left: object
    right: object  # Number(1): `w ?`
    when: tuple = ()
    style: int = 0


@dataclass(frozen=True)
class AskParameter:
    name: str
    when: tuple = ()
    style: int = 0


@dataclass(frozen=True)
class Claim:
    either: tuple
    when: tuple = ()
    style: int = 0


@dataclass(frozen=True)
class ClaimVerdict:
    verdict: str  # contradiction, consistent, trivial
    style: int = 0


@dataclass(frozen=True)
class Regime:
    name: str
    without: tuple = ()  # labels
    named: tuple = ()  # labels of optional facts
    facts: tuple = ()
    goals: tuple = ()
    style: int = 0


@dataclass(frozen=True)
class Theory:
    """A sketch declares nothing; its names are those that occur."""
    kind: str
    quantities: tuple
    constants: tuple
    parameters: tuple
    facts: tuple
    goals: tuple
    regimes: tuple = ()
    sketch: bool = False
    style: int = 0


# --- walks ---


def parts(node):
    """A node and all below it."""
    yield node
    if isinstance(node, tuple):
        for child in node:
            yield from parts(child)
    elif is_dataclass(node):
        for field in fields(node):
            yield from parts(getattr(node, field.name))


def names_in(node):
    """Names of quantities, constants and parameters that occur."""
    found = {p.name for p in parts(node) if isinstance(p, (Name, Par, AskParameter))}
    for choice in parts(node):
        if isinstance(choice, Choice):
            found |= {*choice.chosen, *choice.fixed}
    return found


def as_sketch(theory):
    """A sketch has the names that occur, and those in exponents alone are parameters."""
    powers = names_in(tuple(p for p in parts((theory.facts, theory.goals))
                              if isinstance(p, (Name, Choice))))
    used = names_in((theory.facts, theory.goals))
    return replace(theory, constants=(),
                     quantities=tuple(q for q in theory.quantities if q in powers),
                     parameters=tuple(p for p in theory.parameters if p in used))


def has(node, kind):
    return any(isinstance(p, kind) for p in parts(node))


@dataclass(frozen=True)
class Frame:
    """What one verdict is about: the theory itself, or one of its regimes. Facts have labels."""
    theory: Theory
    name: str
    facts: tuple
    goals: tuple

    def label_index(self):
        return {fact.label: i for i, fact in enumerate(self.facts)}


def frames(theory):
    """The theory and its regimes, in order; every fact has the label that propto gives it."""
    listed = theory.facts
    held = tuple(f for f in listed if not f.optional)
    found = [Frame(theory, "", held, theory.goals)]
    for regime in theory.regimes:
        held = tuple(f for f in listed if f.label not in regime.without
                     and (not f.optional or f.label in regime.named))
        asked = tuple(g for g in theory.goals
                      if isinstance(g, (AskExponent, AskRelation, AskParameter)))
        found.append(Frame(theory, regime.name, held + regime.facts, asked + regime.goals))
    return found


def widened(node, factor):
    """The same with all uncertain numbers so many times as uncertain."""
    if isinstance(node, Unsure):
        middle, half = (node.low + node.high) / 2, (node.high - node.low) / 2 * factor
        return Unsure(middle - half, middle + half)
    if isinstance(node, tuple):
        return tuple(widened(child, factor) for child in node)
    if is_dataclass(node):
        return replace(node, **{f.name: widened(getattr(node, f.name), factor)
                                for f in fields(node)})
    return node
