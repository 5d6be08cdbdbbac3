"""Making a theory smaller while propto and the solvers still disagree on it in the same way.

smaller(theory) lists theories with one thing less: a statement, a goal, a regime, a condition, an
alternative, a factor, a term, a quantity; or with a simpler exponent or a plain spelling.
"""

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction

import model as m

ONE = m.Num(Fraction(1))
LAWS = (m.Chain, m.Growth, m.Compare)
QUANTITIES = (m.Name, m.Number, m.Power, m.Product, m.Sum, m.Log)
EXPONENTS = (m.Num, m.Par, m.Op, m.Whole, m.Extreme, m.Unsure, m.Slope)


def without_each(items):
    """The tuple with one element less, in all ways."""
    for i in range(len(items)):
        yield items[:i] + items[i + 1:]


def with_each(items, variants):
    for i, item in enumerate(items):
        for v in variants(item):
            yield items[:i] + (v,) + items[i + 1:]


def simpler(node):
    """Simpler things of the same sort, the simplest first."""
    if isinstance(node, m.Num):
        yield from (m.Num(v) for v in (Fraction(1), Fraction(2)) if v != node.value
                    and size(m.Num(v)) < size(node))
    elif isinstance(node, EXPONENTS):
        yield ONE
        yield from within(node, EXPONENTS)
    elif isinstance(node, m.Number):
        return
    elif isinstance(node, QUANTITIES):
        yield from within(node, QUANTITIES)
        if isinstance(node, m.Product):
            yield from (replace(node, factors=f) for f in without_each(node.factors) if len(f) > 1)
        if isinstance(node, m.Sum):
            yield from (replace(node, terms=t) for t in without_each(node.terms) if len(t) > 1)
    elif isinstance(node, m.Growth) and len(node.sides) > 1:
        yield from (replace(node, sides=s) for s in without_each(node.sides))
    elif isinstance(node, (m.Chain, m.Compare)) and len(node.signs) > 1:
        yield replace(node, sides=node.sides[1:], signs=node.signs[1:])
        yield replace(node, sides=node.sides[:-1], signs=node.signs[:-1])
    if getattr(node, "style", 0):
        yield replace(node, style=0)
    yield from inside(node)


def within(node, sort):
    """The parts of a node that could stand in its place."""
    for field in fields(node):
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, sort):
                yield part


def inside(node):
    """The node with one of its parts made simpler."""
    if not is_dataclass(node):
        return
    for field in fields(node):
        value = getattr(node, field.name)
        if is_dataclass(value):
            yield from (replace(node, **{field.name: v}) for v in simpler(value))
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield from (replace(node, **{field.name: v}) for v in with_each(value, simpler))


def lighter(item):
    """A statement or goal with a condition or an alternative less, or without its word."""
    if getattr(item, "when", ()):
        yield from (replace(item, when=w) for w in without_each(item.when))
    if len(getattr(item, "either", ())) > 1:
        yield from (replace(item, either=e) for e in without_each(item.either))
    if isinstance(item, m.AskExponent):
        yield from (replace(item, known=k) for k in without_each(item.known))
        if len(item.bases) > 1:
            yield from (replace(item, bases=b) for b in without_each(item.bases))
    if isinstance(item, m.Choice):
        yield from (replace(item, chosen=c) for c in without_each(item.chosen) if c)
        yield from (replace(item, fixed=f) for f in without_each(item.fixed))
    for word in ("given", "optional"):
        if getattr(item, word, False):
            yield replace(item, **{word: False})


def smaller(theory):
    """What is left out of a theory is forgotten by its regimes too."""
    for regimes in without_each(theory.regimes):
        yield replace(theory, regimes=regimes)
    for facts in without_each(theory.facts):
        yield consistent(replace(theory, facts=facts))
    for goals in without_each(theory.goals):
        yield replace(theory, goals=goals)
    for name in ("facts", "goals"):
        items = getattr(theory, name)
        for changed in with_each(items, lighter):
            yield consistent(replace(theory, **{name: changed}))
    for regimes in with_each(theory.regimes, lighter_regime):
        yield replace(theory, regimes=regimes)
    yield from unused(theory)
    for name in ("facts", "goals", "regimes"):
        for changed in with_each(getattr(theory, name), simpler):
            yield consistent(replace(theory, **{name: changed}))
    for i, fact in enumerate(theory.facts):
        if fact.label and not theory.regimes:
            yield replace(theory, facts=theory.facts[:i] + (replace(fact, label=""),)
                          + theory.facts[i + 1:])
    if theory.style:
        yield replace(theory, style=0)


def lighter_regime(regime):
    for name in ("without", "named", "facts", "goals"):
        yield from (replace(regime, **{name: kept})
                    for kept in without_each(getattr(regime, name)))
    for name in ("facts", "goals"):
        yield from (replace(regime, **{name: kept})
                    for kept in with_each(getattr(regime, name), lighter))


def unused(theory):
    """Declarations of names that do not occur."""
    used = m.names_in((theory.facts, theory.goals, theory.regimes))
    for name in ("quantities", "constants", "parameters"):
        for kept in without_each(getattr(theory, name)):
            if set(getattr(theory, name)) - set(kept) - used:
                yield replace(theory, **{name: kept})


def consistent(theory):
    """Regimes name labels that there are; a sketch has no names but those that occur."""
    labels = {f.label for f in theory.facts}
    optional = {f.label for f in theory.facts if f.optional}
    regimes = tuple(replace(r, without=tuple(x for x in r.without if x in labels - optional),
                            named=tuple(x for x in r.named if x in optional))
                    for r in theory.regimes)
    theory = replace(theory, regimes=regimes)
    return m.as_sketch(theory) if theory.sketch else theory


def size(node):
    """Of a theory: how much there is to read."""
    if isinstance(node, tuple):
        return sum(map(size, node))
    if is_dataclass(node):
        return 1 + sum(size(getattr(node, f.name)) for f in fields(node))
    if isinstance(node, Fraction):
        return 0 if node == 1 else len(str(node))
    return int(bool(node)) if not isinstance(node, str) else 0


def shrink(theory, still, tries=400):
    """The smallest theory found for which still(theory) holds; it holds for the one given."""
    found = True
    while found and tries > 0:
        found = False
        for candidate in smaller(theory):
            if tries <= 0:
                break
            if size(candidate) >= size(theory) or not candidate.facts:
                continue
            tries -= 1
            if still(candidate):
                theory, found = candidate, True
                break
    return theory
