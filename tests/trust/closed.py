"""What propto prints in its JSON, read back: closed forms, conditions on parameters, ranges.

A reader of its own for the small part of the language in which answers are printed (clause 5.8).
"""

import re
from fractions import Fraction

import model as m

TOKEN = re.compile(r"\s*(\d+|max|min|and\b|[^\W\d_](?:_\w+)?'*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|.)")
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
COMPARISONS = "=≠<>≤≥"


class Unread(Exception):
    """Something that this reader does not know: that is no agreement either."""


class Reader:
    def __init__(self, text):
        self.text, self.tokens, self.at = text, TOKEN.findall(text.strip()), 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected=None):
        token = self.peek()
        if expected and token != expected:
            raise Unread("%r: expected %s at %r" % (self.text, expected, token))
        self.at += 1
        return token

    def sum(self):
        e = self.products()
        while self.peek() in ("+", "-"):
            e = m.Op(self.take(), e, self.products())
        return e

    def products(self):
        """Side by side; what stands after a stroke is one factor."""
        if self.peek() == "-":
            self.take()
            return m.Op("-", m.Num(Fraction(0)), self.products())
        e = self.factor()
        while self.peek() and self.peek() not in "+-),=≠<>≤≥" and self.peek() != "and":
            if self.peek() in "·*":
                self.take()
            op = self.take() if self.peek() == "/" else "*"
            e = m.Op(op, e, self.factor())
        return e

    def factor(self):
        e = self.atom()
        if self.peek() and self.peek()[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            e = m.Whole(e, int(self.take().translate(SUPERSCRIPT)))
        elif self.peek() == "^":
            self.take()
            e = m.Whole(e, int(self.take()))
        return e

    def atom(self):
        token = self.take()
        if token == "(":
            e = self.sum()
            self.take(")")
            return e
        if token in ("max", "min"):
            self.take("(")
            args = [self.sum()]
            while self.peek() == ",":
                self.take()
                args.append(self.sum())
            self.take(")")
            return m.Extreme(token, tuple(args))
        if token.isdigit():
            return m.Num(Fraction(int(token)))
        if token[:1].isalpha():
            return m.Par(token)
        raise Unread("%r: %r" % (self.text, token))

    def comparison(self):
        sides, signs = [self.sum()], []
        while self.peek() and self.peek() in COMPARISONS:
            signs.append(self.take())
            sides.append(self.sum())
        if not signs:
            raise Unread("%r is no comparison" % self.text)
        return m.Compare(tuple(sides), tuple(signs))

    def end(self, result):
        if self.peek():
            raise Unread("%r: %r is left" % (self.text, self.peek()))
        return result


def exponent(text):
    """`-4/d`, `(1+s)/(2+s)`."""
    reader = Reader(text)
    return reader.end(reader.sum())


def conditions(text):
    """`a - 1 ≤ 2b and a ≠ 0`: comparisons, all of which hold; none for the empty text."""
    reader, found = Reader(text), []
    if not reader.peek():
        return ()
    found.append(reader.comparison())
    while reader.peek() == "and":
        reader.take()
        found.append(reader.comparison())
    return reader.end(tuple(found))


def interval(r):
    """The ends of a range, None for an infinite one, and whether each belongs to it."""
    low = None if r["low"] == "-inf" else exponent(r["low"])
    high = None if r["high"] == "inf" else exponent(r["high"])
    return low, not r["low_open"], high, not r["high_open"]


def within(value, r):
    """The comparisons that say that a value lies in a range."""
    low, low_in, high, high_in = interval(r)
    found = []
    if low is not None:
        found.append(m.Compare((low, value), ("≤" if low_in else "<",)))
    if high is not None:
        found.append(m.Compare((value, high), ("≤" if high_in else "<",)))
    return tuple(found)
