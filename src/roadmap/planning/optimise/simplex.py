"""The linear relaxation of a core, by the dual simplex method with bounded variables and bound flipping.

Lemke 1954, Wagner 1958. Floating point only proposes multipliers here; the proofs are in ``pricing``.
"""

from heapq import heapify, heappop
from typing import Self

from roadmap.planning.optimise.model import Core, indexes

_TOLERANCE = 1e-7
_TINY = 1e-10
_INTEGRAL = 1e-6

_Row = dict[int, float]


class Relaxation:
    """A tableau whose columns are the core's variables, then one slack a rule, then one slack a limit.

    ``x`` holds the value of every column, ``d`` the reduced worth of those outside the basis. A row says how its
    basic column moves against the others. Two things keep the tableau small. A rule has a row only while its slack
    is below zero (rows are made when broken: Dantzig, Fulkerson and Johnson 1954). And the first limit, whose
    many entries would fill every row, is kept apart with a key column of its own, as in generalised upper bounding
    (Dantzig and Van Slyke 1967): the other rows treat the key like a column outside the basis, and a row of the
    full tableau is formed only where it is needed.
    """

    def __init__(self, core: Core) -> None:
        unit = core.model.unit
        self.core = core
        self.width = len(core.base)
        self.limit = self.width + len(core.rules)
        self.d = [v / unit for v in core.base]
        self.x = [1.0 if v > 0 else 0.0 for v in self.d]
        self.height = core.worth / unit + sum([v for v in self.d if v > 0])
        slacks = [0.0] * (len(core.rules) + max(1, len(core.limits)))
        self.d += slacks
        self.x += slacks
        self.held = 1 << core.always
        self.x[core.always] = 1.0
        self.pinned: dict[int, float] = {}
        self.rows: dict[int, _Row] = {}
        self.key = self.limit
        self.dense: _Row = {}
        self.scale = [sum(use) / self.width for use, _ in core.limits]
        for slack, (scale, (use, left)) in enumerate(zip(self.scale, core.limits, strict=True), self.limit):
            self.rows[slack] = row = {j: u / scale for j, u in enumerate(use) if u}
            self.x[slack] = left / scale - sum([t * self.x[j] for j, t in row.items()])
        self.dense = self.rows.pop(self.key, {})
        self.dense[self.key] = 1.0
        self.bits = [1 << j for j in range(core.count)]
        self.tests = [(rule.head, rule.providers) for rule in core.rules]

    def copy(self) -> Self:
        """A relaxation to branch on."""
        out = object.__new__(type(self))
        out.__dict__.update(self.__dict__)
        out.d, out.x, out.pinned, out.dense = self.d.copy(), self.x.copy(), self.pinned.copy(), self.dense.copy()
        out.rows = {b: row.copy() for b, row in self.rows.items()}
        return out

    def fix(self, kept: int, dropped: int) -> None:
        """Hold items at a bound for good; a basic one is made to leave by the next ``solve``."""
        gone, change = set(), {}
        for j in indexes((kept | dropped) & ~self.held):
            value = 1.0 if kept >> j & 1 else 0.0
            if j in self.rows or j == self.key:
                self.pinned[j] = value
                continue
            gone.add(j)
            if value != self.x[j]:
                change[j] = value - self.x[j]
                self.height += self.d[j] * change[j]
        self.held |= kept | dropped
        if change:
            self._move(change)
        for row in (self.dense, *self.rows.values()):
            for j in gone & row.keys():
                del row[j]

    def solve(self, least: float = -1e300, most: int = 400) -> _Row | None:
        """Pivot to the optimum. If there is none, the row that shows it (its multipliers form a dual ray)."""
        d = self.d
        for _ in range(most):
            if self.height < least:
                break
            r, need = self._leaving()
            if r < 0:
                if self._add_broken_rules():
                    continue
                break
            row = self._full(r)
            q, left, change = self._entering(row, need)
            if q < 0:
                sign = 1.0 if need > 0 else -1.0
                return {r: sign} | {j: sign * t for j, t in row.items()}
            price = d[q] / row[q]
            if price:
                for j, t in row.items():
                    d[j] -= price * t
            d[q], d[r] = 0.0, -price
            change[q] = -left / row[q]
            self._move(change)
            self._step(r, q)
        return None

    def integral(self) -> list[int]:
        """The decisions on the open items that the present solution makes; none if it is fractional."""
        x = self.x
        if any(_INTEGRAL < v < 1.0 - _INTEGRAL for v in x[: self.core.count]):
            return []
        return [k if x[k] > 0.5 else ~k for k in indexes(self.core.opened)]

    def multipliers(self, ray: _Row | None) -> tuple[list[tuple[int, int]], list[int]]:
        """Prices of rules and rates of limits, in the model's integer unit; along a dual ray if there is one."""
        unit, width, limit, d = self.core.model.unit, self.width, self.limit, self.d
        if ray:
            d = d.copy()
            reach = 4.0 * sum(map(abs, self.core.base)) / unit
            for j, t in ray.items():
                d[j] -= reach * t
        prices = [(c, int(-v * unit)) for c, v in enumerate(d[width:limit]) if -1e12 < v < -1e-9]
        rates = [int(-v * unit / s) if -1e12 < v < 0 else 0 for v, s in zip(d[limit:], self.scale, strict=False)]
        return prices, rates

    def _move(self, change: _Row) -> None:
        """Change columns outside the basis; the key column makes up for it in its row, the basic ones in theirs."""
        x, dense, key = self.x, self.dense, self.key
        total = 0.0
        for j, v in change.items():
            x[j] += v
            if j in dense:
                total += dense[j] * v
        if total:
            change[key] = -total / dense[key]
            x[key] += change[key]
        moves = list(change.items())
        for b, row in self.rows.items():
            for j, v in moves:
                if j in row:
                    x[b] -= row[j] * v

    def _leaving(self) -> tuple[int, float]:
        """The row to mend, and by how much its basic variable has to change; row -1 if none."""
        x, width, high = self.x, self.width, 1.0 + _TOLERANCE
        for b, value in self.pinned.items():
            gap = value - x[b]
            if gap > _TOLERANCE or gap < -_TOLERANCE:
                return b, gap
        out, most, need = -1, 0.0, 0.0
        for b, row in self.rows.items():
            v = x[b]
            if v < -_TOLERANCE:
                gap = size = -v
            elif v > high and b < width:
                gap = 1.0 - v
                size = -gap
            else:
                continue
            size /= len(row) + 1
            if size > most:
                out, most, need = b, size, gap
        v = x[self.key]
        gap = -v if v < -_TOLERANCE else 1.0 - v if v > high and self.key < width else 0.0
        return (self.key, gap) if abs(gap) / len(self.dense) > most else (out, need)

    def _add_broken_rules(self) -> bool:
        """Make rows of the rules that are broken and drop those of rules that no longer are."""
        rows, x, width = self.rows, self.x, self.width
        for b in [b for b in rows if width <= b < self.limit]:
            del rows[b]
        ones = sum([b for b, v in zip(self.bits, x, strict=False) if v > 1.0 - _TOLERANCE])
        found = False
        for c in [c for c, (head, able) in enumerate(self.tests) if x[head] > _TOLERANCE and not able & ones]:
            head, _, members, _ = self.core.rules[c]
            value = sum([x[k] for k in members]) - x[head]
            if value < -_TOLERANCE:
                x[width + c] = value
                rows[width + c] = self._row(head, members)
                found = True
        return found

    def _row(self, head: int, members: list[int]) -> _Row:
        """The row of a rule's slack under the present basis."""
        out: _Row = {}
        for k, sign in ((head, 1.0), *[(k, -1.0) for k in members]):
            if k in self.rows:
                for j, t in self.rows[k].items():
                    out[j] = out.get(j, 0.0) - sign * t
            elif not self.held >> k & 1 or k == self.key:
                out[k] = out.get(k, 0.0) + sign
        return {j: t for j, t in out.items() if t > _TINY or t < -_TINY}

    def _full(self, r: int) -> _Row:
        """A basic variable's row of the full tableau."""
        dense, key = self.dense, self.key
        row = {} if r == key else self.rows[r]
        a = -1.0 if r == key else row.get(key, 0.0)
        if not a:
            return row
        f = -a / dense[key]
        out = {j: t * f for j, t in dense.items()}
        for j, t in row.items():
            out[j] = out.get(j, 0.0) + t
        del out[key]
        return out

    def _entering(self, row: _Row, need: float) -> tuple[int, float, _Row]:
        """The column to bring in, what it has to mend, and the columns to flip to their other bound on the way."""
        d, x, width = self.d, self.x, self.width
        sign = 1.0 if need > 0 else -1.0
        options = [(sign * d[j] / t, j, t) for j, t in row.items() if sign * t * (x[j] - 0.5) > 1e-9]
        heapify(options)
        left, before = abs(need), 0.0
        flips: _Row = {}
        while options:
            ratio, j, t = heappop(options)
            self.height -= (ratio - before) * left
            before = ratio
            if j >= width or left - abs(t) <= 1e-9:
                return j, sign * left, flips
            left -= abs(t)
            flips[j] = 1.0 - 2.0 * x[j]
        return -1, 0.0, flips

    def _step(self, r: int, q: int) -> None:
        """Exchange the basis: column q for r, in the sparse rows, in the key column or in both."""
        key, dense = self.key, self.dense
        if r == key:
            self.key = q
            if self._rest(r):
                for row in (dense, *self.rows.values()):
                    row.pop(r, None)
            return
        row = self.rows[r]
        a = row.get(q, 0.0)
        if abs(a) > _TOLERANCE and abs(dense[key] - dense.get(q, 0.0) * row.get(key, 0.0) / a) > _TOLERANCE:
            self._exchange(r, q)
        else:
            self.key = q
            self._exchange(r, key)

    def _rest(self, r: int) -> bool:
        """Put a column that has left the basis on its bound; True if it is held there for good."""
        if r in self.pinned:
            self.x[r] = self.pinned.pop(r)
            return True
        self.x[r] = 1.0 if self.x[r] > 0.5 and r < self.width else 0.0
        return False

    def _exchange(self, r: int, q: int) -> None:
        """Pivot the sparse rows and the dense one: column q becomes basic in place of r."""
        rows, dense = self.rows, self.dense
        old = rows.pop(r)
        inverse = 1.0 / old.pop(q)
        new = {j: t * inverse for j, t in old.items()}
        if not self._rest(r):
            new[r] = inverse
        for row in rows.values():
            if q in row:
                a = row.pop(q)
                for j, t in new.items():
                    v = row.get(j, 0.0) - a * t
                    if -_TINY < v < _TINY:
                        row.pop(j, None)
                    else:
                        row[j] = v
        if q in dense:
            a = dense.pop(q)
            for j, t in new.items():
                dense[j] = dense.get(j, 0.0) - a * t
        if not self.width <= q < self.limit:
            rows[q] = new
