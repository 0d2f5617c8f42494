"""Which modules to keep under a limit on hours or money: the optimum, proved, without a solver library.

The problem is a knapsack with prerequisites (each an "any one of") and with coverage: a skill counts once,
whoever teaches it. The method is branch and bound (Land and Doig 1960). Bounds come from the linear relaxation,
solved by the dual simplex method with bounded variables and bound flipping (Lemke 1954, Wagner 1958). Its duals,
rounded to integers, are Lagrange multipliers (Geoffrion 1974), so every bound, every reduced-cost fixing and
every proof is in integers and no rounding error can lose the optimum. Small cores are enumerated over the reduced
costs, as in core algorithms for the knapsack (Balas and Zemel 1980).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Found by experiment on generated catalogues of 80 modules; they change the time taken, never the answer.
_CORE = 32
_ENUMERATION = 150
_SHRINK = 0.8
_EVERY = 16
_FIRST = 22
_WIDEN = 2
_ROUNDS = 4
_TOLERANCE = 1e-7

_State = list[int]


@dataclass(frozen=True)
class Item:
    """A module that may be kept.

    ``hours`` are quarter hours (above 0), ``cost`` US cents, ``value`` the module's own worth in millionths of
    coverage. ``gains`` are the indexes of the skills it brings to working level. Each of ``needs`` is met if any
    one of its items is kept, so an empty need can never be met. ``must`` says that it has to be kept.
    """

    hours: int
    cost: int
    value: int
    gains: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    must: bool = False


def best(
    items: Sequence[Item], weights: Sequence[int], capacity: int | None, budget: int | None
) -> frozenset[int] | None:
    """The kept set of greatest worth; None if not even the must-items fit.

    ``capacity`` is in quarter hours, ``budget`` in US cents (None: no limit), ``weights`` in millionths of
    coverage for each skill. Of sets of equal worth it is the one of fewest hours, then of lowest cost, then the
    one whose sorted indexes come first.
    """
    model = _Model(items, weights, capacity, budget)
    search = _Search(model)
    search.run()
    return None if search.kept is None else frozenset(_bits(search.kept))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _mask(indexes: Iterable[int]) -> int:
    out = 0
    for i in indexes:
        out |= 1 << i
    return out


@dataclass
class _Rule:
    """One "any of": the head asks for a kept provider. A head below zero is a skill, worth its weight."""

    head: int
    providers: int
    weight: int


class _Model:
    """The problem over bit sets, all the preferences folded into one integer worth per item."""

    def __init__(self, items: Sequence[Item], weights: Sequence[int], capacity: int | None, budget: int | None) -> None:
        self.items = items
        self.hours = [item.hours for item in items]
        self.cost = [item.cost for item in items]
        hours, cost = sum(self.hours), sum(self.cost)
        self.limits = [
            (use, limit)
            for use, limit, total in ((self.hours, capacity, hours), (self.cost, budget, cost))
            if limit is not None and limit < total
        ]
        self.unit = (hours + 1) * (cost + 1)
        self.own = [item.value * self.unit - item.hours * (cost + 1) - item.cost for item in items]
        self.weights = [weight * self.unit for weight in weights]
        self.gains = [_mask(item.gains) for item in items]
        self.needs = [_least(_mask(need) & ~(1 << i) for need in item.needs) for i, item in enumerate(items)]
        self.musts = _mask(i for i, item in enumerate(items) if item.must)
        self._prune()
        self.rules = self._rules()

    def supported(self, kept: int) -> int:
        """The part of a set that is supported from the ground up, no circle counted."""
        out, waiting = 0, list(_bits(kept))
        while True:
            left = [i for i in waiting if not all(need & out for need in self.needs[i])]
            if len(left) == len(waiting):
                return out
            for i in waiting:
                if i not in left:
                    out |= 1 << i
            waiting = left

    def worth(self, kept: int) -> int:
        """The folded worth of a set: coverage first, then few hours, then low cost."""
        return sum([self.own[i] for i in _bits(kept)]) + sum([self.weights[g] for g in _bits(self.skills(kept))])

    def skills(self, kept: int) -> int:
        """The skills that a set gains."""
        out = 0
        for i in _bits(kept):
            out |= self.gains[i]
        return out

    def propping(self, items: int) -> int:
        """What may have to be kept besides what meets the rules, to support the items from the ground up."""
        out = 0
        if self.circular:
            for i in _bits(items):
                for need in self.needs[i]:
                    out |= need
        return out

    def fits(self, kept: int) -> bool:
        """Whether a set is within the limits."""
        return all(sum(use[i] for i in _bits(kept)) <= limit for use, limit in self.limits)

    def _prune(self) -> None:
        """Drop what can never be kept; learn what an item entails and which item stands above another."""
        everything = (1 << len(self.items)) - 1
        live = everything
        while True:
            before = live
            live = self.supported(live)
            self.entails = self._entailed(live)
            live &= ~_mask(i for i in _bits(live) if not self.fits(self.entails[i]))
            if live == before:
                break
        self.hopeless = everything & ~live
        self.circular = bool(live) and self._is_circular(live)

    def _is_circular(self, live: int) -> bool:
        placed, waiting = ~live, list(_bits(live))
        while waiting:
            ready = [i for i in waiting if all(not need & ~placed for need in self.needs[i])]
            if not ready:
                return True
            placed |= _mask(ready)
            waiting = [i for i in waiting if not placed >> i & 1]
        return False

    def _entailed(self, live: int) -> list[int]:
        """For each live item the items in every set that supports it (dominators of the support graph)."""
        out = [live | 1 << i for i in range(len(self.items))]
        changed = True
        while changed:
            changed = False
            for i in _bits(live):
                mine = 1 << i
                for need in self.needs[i]:
                    common = -1
                    for j in _bits(need & live):
                        common &= out[j]
                    mine |= common
                if mine != out[i]:
                    out[i], changed = mine, True
        return out

    def _rules(self) -> list[_Rule]:
        out: list[_Rule] = []
        live = ~self.hopeless
        for g, weight in enumerate(self.weights):
            providers = _mask(i for i, gains in enumerate(self.gains) if gains >> g & 1) & live
            if providers and weight:
                out.append(_Rule(-1, providers, weight))
        for i in _bits(~self.hopeless & ((1 << len(self.items)) - 1)):
            needs = [need & live for need in self.needs[i]]
            for need in _least(needs + [1 << j for j in _bits(self._nearest(i))]):
                out.append(_Rule(i, need, 0))
        return out + [_Rule(j, 1 << i, 0) for j, i in self._overshadowed(out)]

    def _overshadowed(self, rules: list[_Rule]) -> list[tuple[int, int]]:
        """Pairs (lesser, better): the better item could stand in for the lesser one in every set without loss."""
        out = []
        live = ((1 << len(self.items)) - 1) & ~self.hopeless
        for j in _bits(live & ~self.musts):
            others = live & ~(1 << j)
            for rule in rules:
                if rule.providers >> j & 1:
                    others &= rule.providers
            out += [(j, i) for i in _bits(others) if self._stands_above(i, j)]
        return out

    def _stands_above(self, i: int, j: int) -> bool:
        mine, other = self.items[i], self.items[j]
        best_of = (mine.value, -mine.hours, -mine.cost)
        worst_of = (other.value, -other.hours, -other.cost)
        if any(a < b for a, b in zip(best_of, worst_of, strict=True)) or (best_of == worst_of and i > j):
            return False
        return all(any(need & its == its for its in self.needs[j]) for need in self.needs[i])

    def _nearest(self, item: int) -> int:
        """The entailed items that no other entailed item entails in turn."""
        above = self.entails[item] & ~(1 << item)
        far = 0
        for j in _bits(above):
            far |= self.entails[j] & ~(1 << j)
        return above & ~far


def _least(masks: Iterable[int]) -> list[int]:
    """The masks that contain no other one."""
    out: list[int] = []
    for mask in sorted(set(masks), key=int.bit_count):
        if not any(other & mask == other for other in out):
            out.append(mask)
    return out


class _Core:
    """What is still open once the direct consequences are drawn: free items, rules not yet met, limits in force.

    Variables are the free items in order, then the skills that several of them gain. A rule's head is the number
    of its variable, or -1 for an item that is kept already.
    """

    def __init__(self, model: _Model, kept: int, free: int, rules: list[tuple[_Rule, int]]) -> None:
        self.model, self.kept = model, kept
        self.items = list(_bits(free))
        self.count = len(self.items)
        self.shut = (1 << len(model.items)) - 1 & ~kept & ~free
        self.base = [model.own[i] for i in self.items]
        self.heads: list[int] = []
        self.members: list[list[int]] = []
        place = {item: k for k, item in enumerate(self.items)}
        for rule, providers in rules:
            self._add(rule, [place[j] for j in _bits(providers)], place)
        self.masks = [_mask(members) for members in self.members]
        self.limits = []
        for use, limit in model.limits:
            uses, left = [use[i] for i in self.items], limit - sum([use[i] for i in _bits(kept)])
            if sum(uses) > left:
                self.limits.append((uses, left))
        self.fixed = model.worth(kept)
        every = [model.entails[i] for i in self.items]
        size = sum(model.hours) // max(1, 6 * len(model.hours))
        self.pull = [(1 + sum([entailed >> i & 1 for entailed in every])) * (size + model.hours[i]) for i in self.items]

    def whole(self, local: int) -> int:
        return _mask([self.items[k] for k in _bits(local)])

    def _add(self, rule: _Rule, members: list[int], place: dict[int, int]) -> None:
        if rule.head < 0 and len(members) == 1:
            self.base[members[0]] += rule.weight
            return
        if rule.head < 0:
            self.heads.append(len(self.base))
            self.base.append(rule.weight)
        else:
            self.heads.append(place.get(rule.head, -1))
        self.members.append(members)


def _settle(model: _Model, kept: int, dropped: int) -> _Core | None:
    """Draw every direct consequence of what is kept and dropped; None if it contradicts itself."""
    everything = (1 << len(model.items)) - 1
    rules = [(rule, rule.providers) for rule in model.rules]
    while True:
        before = kept, dropped
        for use, limit in model.limits:
            room = limit - sum([use[i] for i in _bits(kept)])
            if room < 0:
                return None
            dropped |= _mask([i for i in _bits(everything & ~kept & ~dropped) if use[i] > room])
        rules, kept, dropped = _apply(rules, kept, dropped)
        wanted = model.propping(everything & ~dropped)
        for _, providers in rules:
            wanted |= providers
        idle = everything & ~kept & ~dropped & ~wanted
        dropped |= _mask([i for i in _bits(idle) if model.own[i] < 0])
        if kept & dropped:
            return None
        if before == (kept, dropped):
            return _Core(model, kept, everything & ~kept & ~dropped, rules)


def _apply(rules: list[tuple[_Rule, int]], kept: int, dropped: int) -> tuple[list[tuple[_Rule, int]], int, int]:
    """One pass over the rules: those still open with their open providers, and what the others force."""
    left = []
    for rule, providers in rules:
        providers &= ~dropped
        head = rule.head
        if providers & kept or (head >= 0 and dropped >> head & 1):
            continue
        if not providers:
            if head >= 0:
                dropped |= 1 << head
        elif head >= 0 and kept >> head & 1 and not providers & (providers - 1):
            kept |= providers
        else:
            left.append((rule, providers))
    return left, kept, dropped


class _Relaxation:
    """The linear relaxation of a core, solved by the dual simplex method with bounded variables.

    Columns are the core's variables, then one slack a rule, then one slack a limit. The tableau is sparse but for
    the first limit, which would fill it: that row is kept apart with a key column of its own (as in generalised
    upper bounding, Dantzig and Van Slyke 1967), and a row of the full tableau is formed only where it is needed.
    Floating point only proposes multipliers here; the proofs are in integers (see ``_Proof``).
    """

    def __init__(self, core: _Core) -> None:
        unit = core.model.unit
        self.core = core
        self.width = len(core.base)
        self.d = {j: v / unit for j, v in enumerate(core.base)}
        self.x = {j: 1.0 if v > 0 else 0.0 for j, v in self.d.items()}
        self.height = core.fixed / unit + sum([v for v in self.d.values() if v > 0])
        self.rows: dict[int, dict[int, float]] = {}
        self.beta: dict[int, float] = {}
        self.pinned: dict[int, float] = {}
        for slack, (head, members) in enumerate(zip(core.heads, core.members, strict=True), self.width):
            row = dict.fromkeys(members, -1.0)
            if head >= 0:
                row[head] = 1.0
            self._row(slack, row, 0.0 if head >= 0 else -1.0)
        self.scale = [sum(use) / self.width for use, _ in core.limits]
        self.limit = self.width + len(core.heads)
        self.key = self.limit
        self.dense: dict[int, float] = {}
        for slack, (scale, (use, left)) in enumerate(zip(self.scale, core.limits, strict=True), self.limit):
            self._row(slack, {j: u / scale for j, u in enumerate(use) if u}, left / scale)
        self.dense = self.rows.pop(self.limit, {})
        self.dense[self.limit] = 1.0
        self.x[self.limit] = self.beta.pop(self.limit, 0.0)

    def _row(self, slack: int, row: dict[int, float], right: float) -> None:
        self.rows[slack] = row
        self.beta[slack] = right - sum([t * self.x[j] for j, t in row.items()])

    def copy(self) -> "_Relaxation":
        """A relaxation to branch on."""
        out = object.__new__(_Relaxation)
        out.height = self.height
        out.core, out.width, out.scale, out.limit, out.key = (
            self.core,
            self.width,
            self.scale,
            self.limit,
            self.key,
        )
        out.d, out.x, out.beta, out.pinned = (
            self.d.copy(),
            self.x.copy(),
            self.beta.copy(),
            self.pinned.copy(),
        )
        out.rows = {b: row.copy() for b, row in self.rows.items()}
        out.dense = self.dense.copy()
        return out

    def values(self) -> list[float]:
        """The value of each item's variable."""
        x, beta = self.x, self.beta
        return [x[j] if j in x else beta[j] for j in range(self.core.count)]

    def fix(self, j: int, value: int) -> None:
        """Hold a variable at a bound for good; a basic one is made to leave by the next ``solve``."""
        if j in self.beta or j == self.key:
            self.pinned[j] = value
        elif j in self.d:
            if value != self.x[j]:
                self.height += self.d[j] * (value - self.x[j])
                self._move({j: value - self.x[j]})
            for row in self.rows.values():
                row.pop(j, None)
            self.dense.pop(j, None)
            del self.d[j]

    def _move(self, change: dict[int, float]) -> None:
        """Change columns outside the basis; the key column makes up for it in its row, the basic ones in theirs."""
        x, beta, dense, key = self.x, self.beta, self.dense, self.key
        change[key] = -sum([dense.get(j, 0.0) * v for j, v in change.items()]) / dense[key]
        for j, v in change.items():
            x[j] += v
        moves = list(change.items())
        for b, row in self.rows.items():
            for j, v in moves:
                if j in row:
                    beta[b] -= row[j] * v

    def _leaving(self) -> tuple[int, float]:
        """The row to mend, and by how much its basic variable has to change; row -1 if none."""
        for b, value in self.pinned.items():
            gap = value - (self.x[b] if b == self.key else self.beta[b])
            if gap > _TOLERANCE or gap < -_TOLERANCE:
                return b, gap
        row, most, need, width, rows = -1, 0.0, 0.0, self.width, self.rows
        for b, v in self.beta.items():
            if v < -_TOLERANCE:
                gap = -v
            elif v > 1.0 + _TOLERANCE and b < width:
                gap = 1.0 - v
            else:
                continue
            score = (gap if gap > 0 else -gap) / (len(rows[b]) + 1)
            if score > most:
                row, most, need = b, score, gap
        v = self.x[self.key]
        gap = -v if v < -_TOLERANCE else 1.0 - v if v > 1.0 + _TOLERANCE and self.key < width else 0.0
        if abs(gap) / len(self.dense) > most:
            return self.key, gap
        return row, need

    def _full(self, r: int) -> dict[int, float]:
        """A basic variable's row of the full tableau."""
        dense, key = self.dense, self.key
        if r == key:
            f = 1.0 / dense[key]
            return {j: t * f for j, t in dense.items() if j != key}
        out = self.rows[r].copy()
        a = out.pop(key, 0.0)
        if a:
            f = a / dense[key]
            for j, t in dense.items():
                if j != key:
                    out[j] = out.get(j, 0.0) - f * t
        return out

    def _entering(self, row: dict[int, float], need: float) -> tuple[int, float, list[int]]:
        """The column to bring in, what it has to mend, and the columns to flip to their other bound on the way."""
        d, x, width, upward = self.d, self.x, self.width, need > 0
        options = [
            (abs(d[j] / t), j, abs(t))
            for j, t in row.items()
            if ((t < 0) == upward if x[j] == 0.0 else (t > 0) == upward) and (t > 1e-9 or t < -1e-9)
        ]
        options.sort()
        left = abs(need)
        flips: list[int] = []
        before = 0.0
        for ratio, j, size in options:
            self.height -= (ratio - before) * left
            before = ratio
            if j >= width or left - size <= 1e-9:
                return j, left if upward else -left, flips
            left -= size
            flips.append(j)
        return -1, 0.0, []

    def solve(self, least: float = -1e300, most: int = 400) -> dict[int, float] | None:
        """Pivot to the optimum. If there is none, the row that shows it (its multipliers form a dual ray)."""
        for _ in range(most):
            r, need = self._leaving()
            if r < 0 or self.height < least:
                break
            row = self._full(r)
            q, left, flips = self._entering(row, need)
            if q < 0:
                sign = 1.0 if need > 0 else -1.0
                return {r: sign} | {j: sign * t for j, t in row.items()}
            self._price(r, q, row)
            change = {j: 1.0 - 2.0 * self.x[j] for j in flips}
            change[q] = -left / row[q]
            self._step(r, q, change)
        return None

    def _price(self, r: int, q: int, row: dict[int, float]) -> None:
        d = self.d
        price = d.pop(q) / row[q]
        if price:
            for j, t in row.items():
                if j != q:
                    d[j] -= price * t
        if r not in self.pinned:
            d[r] = -price

    def _step(self, r: int, q: int, change: dict[int, float]) -> None:
        """Make the move, and the exchange of the basis: in the sparse rows, in the key column or in both."""
        key, dense = self.key, self.dense
        if r == key:
            self._move_key(r, q, change)
            return
        self._move(change)
        row = self.rows[r]
        a = row.get(q, 0.0)
        if abs(a) > _TOLERANCE and abs(dense[key] - dense.get(q, 0.0) * row.get(key, 0.0) / a) > _TOLERANCE:
            self._exchange(r, q)
        else:
            self.key = q
            self._exchange(r, key)

    def _move_key(self, r: int, q: int, change: dict[int, float]) -> None:
        self._move(change)
        self.key = q
        x = self.x[r]
        self.x[r] = self.pinned.get(r, 0.0 if x < 0.5 else 1.0)
        if r in self.pinned:
            del self.pinned[r]
            for row in self.rows.values():
                row.pop(r, None)
            self.dense.pop(r, None)

    def _exchange(self, r: int, q: int) -> None:
        """Pivot the sparse rows and the dense one: column q becomes basic in place of r."""
        rows = self.rows
        old = rows.pop(r)
        inverse = 1.0 / old.pop(q)
        new = [(j, t * inverse) for j, t in old.items()]
        value = self.beta.pop(r)
        target = self.pinned.pop(r, None)
        if target is None:
            new.append((r, inverse))
            target = 1.0 if value > 0.5 and r < self.width else 0.0
        for row in rows.values():
            if q in row:
                a = row.pop(q)
                for j, t in new:
                    v = row.get(j, 0.0) - a * t
                    if -1e-10 < v < 1e-10:
                        row.pop(j, None)
                    else:
                        row[j] = v
        a = self.dense.pop(q, 0.0)
        if a:
            for j, t in new:
                self.dense[j] = self.dense.get(j, 0.0) - a * t
        self.x[r] = target
        self.beta[q] = self.x.pop(q)
        rows[q] = dict(new)

    def multipliers(self, ray: dict[int, float] | None) -> tuple[list[int], list[int]]:
        """Prices of the rules and limits, in the model's integer unit; along a dual ray if there is one."""
        unit, width, d = self.core.model.unit, self.width, self.d
        reach = 4.0 * sum(map(abs, self.core.base)) / unit
        out = []
        for slack in range(width, width + len(self.core.heads) + len(self.scale)):
            price = -d.get(slack, 0.0)
            if ray:
                price += reach * ray.get(slack, 0.0)
            out.append(max(0, int(price * unit)))
        rules = len(self.core.heads)
        return out[:rules], [int(p / s) for p, s in zip(out[rules:], self.scale, strict=True)]


class _Proof:
    """A bound on a node in integers, and what each decision would cost it."""

    def __init__(self, core: _Core, prices: tuple[list[int], list[int]], kept: int, dropped: int) -> None:
        self.core, self.kept, self.dropped = core, kept, dropped
        self.mu, self.rates = prices
        self.reduced = list(core.base)
        self.bound = core.fixed
        for rate, (use, left) in zip(self.rates, core.limits, strict=True):
            if rate:
                self.bound += rate * left
                for k, u in enumerate(use):
                    self.reduced[k] -= rate * u
        self._charge()
        count, reduced, decided = core.count, self.reduced, kept | dropped
        self.free = [k for k in range(count) if not decided >> k & 1]
        self.bound += sum(reduced[count:]) + sum([reduced[k] for k in self.free if reduced[k] > 0])
        self.bound += sum([reduced[k] for k in _bits(kept)])

    def _charge(self) -> None:
        """Let each rule's head pay the rule's price to every provider."""
        core, mu, reduced = self.core, self.mu, self.reduced
        for c, m in enumerate(mu):
            if not m:
                continue
            head = core.heads[c]
            if head >= core.count and m > reduced[head]:
                # A skill never pays more than its weight: that would only blur the bound.
                mu[c] = m = reduced[head]
            if head >= 0:
                reduced[head] -= m
            else:
                self.bound -= m
            for k in core.members[c]:
                reduced[k] += m

    def fix(self, least: int) -> list[int]:
        """Decide the items whose other choice would fall below the least worth asked for; the others are returned."""
        gap, reduced = self.bound - least, self.reduced
        for k in self.free:
            if reduced[k] > gap:
                self.kept |= 1 << k
            elif -reduced[k] > gap:
                self.dropped |= 1 << k
        return [k for k in self.free if -gap <= reduced[k] <= gap]


class _Search:
    """The search tree, with the best set met so far."""

    def __init__(self, model: _Model) -> None:
        self.model = model
        self.kept: int | None = None
        self.worth = self.aim = self.least = -1 - sum(map(abs, model.own)) - sum(model.weights)
        self.nodes = 0

    def offer(self, kept: int) -> None:
        """Take a set as the incumbent if it is better, or as good and first in the order of indexes."""
        model = self.model
        worth = model.worth(kept)
        if worth < self.worth or not model.fits(kept) or (model.circular and model.supported(kept) != kept):
            return
        if worth == self.worth and self.kept is not None:
            apart = self.kept ^ kept
            if not apart & -apart & kept:
                return
        self.kept, self.worth = kept, worth
        self.least = max(self.aim, worth)

    def run(self) -> None:
        """Ask for a set near the bound first, then further and further below it.

        A failed round is cheap and shows that the optimum is lower; the round that succeeds has proved its answer.
        """
        core = _settle(self.model, self.model.musts, self.model.hopeless)
        if core is None:
            return
        root = _Relaxation(core)
        if root.solve() is None:
            proof = _Proof(core, root.multipliers(None), 0, 0)
            self._round_off(root, proof)
            size = sorted([0] + [abs(proof.reduced[k]) for k in proof.free])[: _FIRST + 1][-1]
            for _ in range(_ROUNDS):
                self.aim = self.least = max(self.worth, proof.bound - size)
                if self.aim == self.worth:
                    break
                self.explore(root.copy(), 0, 0)
                if self.worth >= self.aim:
                    return
                size *= _WIDEN
        self.aim = self.least = self.worth
        self.explore(root, 0, 0)

    def explore(self, relaxation: _Relaxation, kept: int, dropped: int) -> None:
        """Settle a node: by its bound, by reduced costs and enumeration, in a smaller core or by branching."""
        self.nodes += 1
        core = relaxation.core
        ray = relaxation.solve(self.least / self.model.unit - 1)
        proof = _Proof(core, relaxation.multipliers(ray), kept, dropped)
        if proof.bound < self.least:
            return
        if self.nodes % _EVERY == 0 and ray is None:
            self._round_off(relaxation, proof)
        loose = proof.fix(self.least)
        if len(loose) <= _CORE and _Enumeration(self, proof, loose).run(_ENUMERATION if loose else 1):
            return
        if _CORE < len(loose) < _SHRINK * core.count:
            smaller = _settle(self.model, core.kept | core.whole(proof.kept), core.shut | core.whole(proof.dropped))
            if smaller is not None:
                self.explore(_Relaxation(smaller), 0, 0)
            return
        for k in proof.free:
            if (proof.kept | proof.dropped) >> k & 1:
                relaxation.fix(k, proof.kept >> k & 1)
        self._branch(relaxation, proof, loose)

    def _branch(self, relaxation: _Relaxation, proof: _Proof, loose: list[int]) -> None:
        value, pull = relaxation.values(), relaxation.core.pull
        k = max(loose, key=lambda k: min(value[k], 1 - value[k]) * pull[k])
        first = int(value[k] >= 0.5)
        for side, child in ((first, relaxation.copy()), (1 - first, relaxation)):
            child.fix(k, side)
            self.explore(child, proof.kept | side << k, proof.dropped | (1 - side) << k)

    def _round_off(self, relaxation: _Relaxation, proof: _Proof) -> None:
        core, value = relaxation.core, relaxation.values()
        order = sorted(proof.free, key=lambda k: (-round(value[k], 3), -proof.reduced[k]))
        greedy = _Greedy(self.model, [core.items[k] for k in order], core.shut | core.whole(proof.dropped))
        out = greedy.fill(core.kept | core.whole(proof.kept))
        if out is not None:
            self.offer(out)


class _Greedy:
    """A good set quickly: items in a given order, each with what it still needs, as long as they pay and fit."""

    def __init__(self, model: _Model, order: list[int], closed: int) -> None:
        self.model, self.order, self.closed = model, order, closed
        self.place = {item: n for n, item in enumerate(order)}

    def fill(self, start: int) -> int | None:
        """A set with all of ``start``; None if there is no way to support it within the limits."""
        kept = 0
        for i in _bits(start):
            if not kept >> i & 1:
                bundle = self._bundle(i, kept, 0)
                if not bundle:
                    return None
                kept |= bundle
        if not self.model.fits(kept):
            return None
        kept = self._add(kept)
        thinner = self._thin(kept)
        return self._add(thinner) if thinner != kept else kept

    def _bundle(self, item: int, kept: int, path: int) -> int:
        """The item with the providers it still lacks, each the first in order; 0 if there is no way."""
        out = 1 << item
        path |= out
        for need in self.model.needs[item]:
            if need & (kept | out & ~path):
                continue
            found = 0
            for j in sorted(_bits(need & ~self.closed & ~path), key=lambda j: self.place.get(j, -1)):
                found = self._bundle(j, kept | out & ~path, path)
                if found:
                    break
            if not found:
                return 0
            out |= found
        return out

    def _add(self, kept: int) -> int:
        model = self.model
        rooms = [limit - sum([use[i] for i in _bits(kept)]) for use, limit in model.limits]
        skills = model.skills(kept)
        for i in self.order:
            if kept >> i & 1:
                continue
            bundle = self._bundle(i, kept, 0) & ~kept
            fresh = model.skills(bundle) & ~skills
            gain = sum([model.own[j] for j in _bits(bundle)]) + sum([model.weights[g] for g in _bits(fresh)])
            if gain <= 0:
                continue
            uses = [sum([use[j] for j in _bits(bundle)]) for use, _ in model.limits]
            left = [room - used for room, used in zip(rooms, uses, strict=True)]
            if all(room >= 0 for room in left):
                kept, skills, rooms = kept | bundle, skills | fresh, left
        return kept

    def _thin(self, kept: int) -> int:
        model = self.model
        worth = model.worth(kept)
        for i in reversed(self.order):
            less = kept & ~(1 << i)
            if less == kept or model.musts >> i & 1:
                continue
            if any(need >> i & 1 and not need & less for j in _bits(less) for need in model.needs[j]):
                continue
            new = model.worth(less)
            if new > worth:
                kept, worth = less, new
        return kept


class _Enumeration:
    """The sets of a node whose worth can reach the least one asked for, one decision after another.

    The worth of a set is the bound less the price of every decision against its variable's sign, of every rule
    met more than once and of every part of a limit left unused (complementary slackness), so each decision lowers
    the bound at once. A state lists the kept items, the dropped ones, the bound, and for two limits the room left
    and the spare room if every open item were kept.
    """

    def __init__(self, search: _Search, proof: _Proof, loose: list[int]) -> None:
        self.search, self.proof, self.core = search, proof, proof.core
        core, self.reduced, count = proof.core, proof.reduced, proof.core.count
        self.order = sorted(loose, key=lambda k: -abs(self.reduced[k]))
        self.asked: list[list[int]] = [[] for _ in range(count)]
        self.pays: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.serves: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
        for head, mask, m, members in zip(core.heads, core.masks, proof.mu, core.members, strict=True):
            if 0 <= head < count:
                self.asked[head].append(mask)
                if m:
                    self.pays[head].append((mask, m))
            entry = (mask, m, head)
            for k in members:
                self.serves[k].append(entry)
        missing = 2 - len(core.limits)
        (self.use0, self.left0), (self.use1, self.left1) = core.limits + [([0] * count, 0)] * missing
        self.rate0, self.rate1 = proof.rates + [0] * missing

    def run(self, most: int) -> bool:
        """Offer every set that is good enough; False if there are too many states to visit."""
        state, order, least = self._start(), self.order, self.search.least
        stack = [(0, state)] if state else []
        while stack:
            n, state = stack.pop()
            most -= 1
            if most < 0:
                return False
            decided = state[0] | state[1]
            while n < len(order) and decided >> order[n] & 1:
                n += 1
            if n == len(order):
                if state[2] >= least:
                    self.search.offer(self.core.kept | self.core.whole(state[0]))
                    least = self.search.least
                continue
            k = order[n]
            likely = self.reduced[k] > 0
            for take in (not likely, likely):
                after = self._decide(state.copy(), [(k, take)])
                if after:
                    stack.append((n + 1, after))
        return True

    def _start(self) -> _State | None:
        """The state after what is decided already, and what follows from it."""
        core, inn, out, bound = self.core, self.proof.kept, self.proof.dropped, self.proof.bound
        todo = []
        for head, mask, m in zip(core.heads, core.masks, self.proof.mu, strict=True):
            options = mask & ~out
            if mask & inn:
                unpaid = 0 <= head < core.count and out >> head & 1
                bound -= m * ((mask & inn).bit_count() - (0 if unpaid else 1))
            elif head >= core.count:
                bound -= 0 if options else self.reduced[head]
            elif head < 0 or inn >> head & 1:
                if not options:
                    return None
                if not options & (options - 1):
                    todo.append((options.bit_length() - 1, True))
            elif not options:
                todo.append((head, False))
        room0 = self.left0 - sum([self.use0[k] for k in _bits(inn)])
        room1 = self.left1 - sum([self.use1[k] for k in _bits(inn)])
        spare0 = room0 - sum([self.use0[k] for k in self.order])
        spare1 = room1 - sum([self.use1[k] for k in self.order])
        if room0 < 0 or room1 < 0:
            return None
        return self._decide([inn, out, bound, room0, spare0, room1, spare1], todo)

    def _decide(self, state: _State, todo: list[tuple[int, bool]]) -> _State | None:
        """The state after the decisions and all that follows from them; None if that cannot be or cannot win."""
        least, rate0, rate1 = self.search.least, self.rate0, self.rate1
        while True:
            worth = state[2]
            if state[4] > 0:
                worth -= rate0 * state[4]
            if state[6] > 0:
                worth -= rate1 * state[6]
            if worth < least:
                return None
            if not todo:
                return state
            k, take = todo.pop()
            done, against = (state[0], state[1]) if take else (state[1], state[0])
            if against >> k & 1:
                return None
            if not done >> k & 1 and not (self._take if take else self._leave)(state, k, todo):
                return None

    def _take(self, state: _State, k: int, todo: list[tuple[int, bool]]) -> bool:
        inn, out, bound = state[0], state[1], state[2]
        state[3] -= self.use0[k]
        state[5] -= self.use1[k]
        if state[3] < 0 or state[5] < 0:
            return False
        if self.reduced[k] < 0:
            bound += self.reduced[k]
        count = self.core.count
        for mask, m, head in self.serves[k]:
            if m and (mask & inn or (0 <= head < count and out >> head & 1)):
                bound -= m
        inn |= 1 << k
        state[0], state[2] = inn, bound
        for mask in self.asked[k]:
            if not mask & inn:
                options = mask & ~out
                if not options:
                    return False
                if not options & (options - 1):
                    todo.append((options.bit_length() - 1, True))
        return True

    def _leave(self, state: _State, k: int, todo: list[tuple[int, bool]]) -> bool:
        inn, out, bound = state[0], state[1] | 1 << k, state[2]
        state[4] += self.use0[k]
        state[6] += self.use1[k]
        if self.reduced[k] > 0:
            bound -= self.reduced[k]
        count = self.core.count
        for mask, _, head in self.serves[k]:
            if mask & inn:
                continue
            options = mask & ~out
            if head >= count:
                bound -= 0 if options else self.reduced[head]
            elif head < 0 or inn >> head & 1:
                if not options:
                    return False
                if not options & (options - 1):
                    todo.append((options.bit_length() - 1, True))
            elif not options and not out >> head & 1:
                todo.append((head, False))
        for mask, m in self.pays[k]:
            if mask & inn:
                bound -= m
        state[1], state[2] = out, bound
        return True
