"""Grow a street net: every street starts at a street, follows the lie of the land, and joins what it meets.

Streets are chains of vertices about `STEP_M` apart; a crossing is a vertex that several streets share, so
the net is planar by the way it is made.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from etl.synthetic.town_plan import Plan, ZoneRule

STEP_M = 15.0
JOIN_STEPS = 1.35
"""A street that comes this many steps near another one ahead joins it; so none is stepped over."""
AHEAD_M = 55.0
"""A street at the end of its length goes on to one this near ahead rather than stop short of it."""
SIDE_BY_SIDE = 0.75
"""Cosine of the angle between two streets from which they count as running alongside."""
_CELL_M = 60.0


@dataclass(slots=True)
class Street:
    """One street: its vertices in order, what it is for, and where it grew.

    Attributes
    ----------
    level
        0 road or main street, 1 collector, 2 local, 3 private road in the country.
    zone
        Code of the zone where it started.
    label
        Name, where its maker gave one.
    continues
        Number of the street whose name it carries on beyond a crossing, or -1.
    """

    level: int
    zone: int
    vertices: list[int]
    label: str = ""
    continues: int = -1


@dataclass(order=True, slots=True)
class _Seed:
    priority: float
    vertex: int = field(compare=False)
    heading: float = field(compare=False)
    level: int = field(compare=False)
    parent: int = field(compare=False)
    goes_on: int = field(compare=False, default=-1)


class Net:
    """A street net that grows."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.x: list[float] = []
        self.y: list[float] = []
        self.heading: list[float] = []
        self.owner: list[int] = []
        self.degree: list[int] = []
        self.streets: list[Street] = []
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._rng = rng

    def add_vertex(self, x: float, y: float, heading: float, owner: int) -> int:
        """Add a vertex without a street yet, and return its number."""
        number = len(self.x)
        self.x.append(x)
        self.y.append(y)
        self.heading.append(heading)
        self.owner.append(owner)
        self.degree.append(0)
        self._cells.setdefault((int(x // _CELL_M), int(y // _CELL_M)), []).append(number)
        return number

    def add_street(
        self,
        points: list[tuple[float, float]],
        *,
        level: int,
        zone: int,
        start: int = -1,
        end: int = -1,
        label: str = "",
    ) -> int:
        """Add a street along `points` (metres), from vertex `start` and to vertex `end` where given.

        The points of `start` and `end` themselves are not repeated in `points`.
        """
        number = len(self.streets)
        chain = [start] if start >= 0 else []
        for position, (x, y) in enumerate(points):
            after = points[position + 1] if position + 1 < len(points) else None
            before = points[position - 1] if position else None
            first = (before or (self.x[start], self.y[start])) if start >= 0 or before else (x, y)
            last = after or ((self.x[end], self.y[end]) if end >= 0 else (x, y))
            chain.append(self.add_vertex(x, y, math.atan2(last[1] - first[1], last[0] - first[0]), number))
        if end >= 0:
            chain.append(end)
        for one, two in itertools.pairwise(chain):
            self.degree[one] += 1
            self.degree[two] += 1
        self.streets.append(Street(level, zone, chain, label))
        return number

    def near(self, x: float, y: float, reach: float) -> list[int]:
        """Return the vertices within `reach` metres, and some a little farther."""
        cells = self._cells
        rows = range(int((y - reach) // _CELL_M), int((y + reach) // _CELL_M) + 1)
        found: list[int] = []
        for i in range(int((x - reach) // _CELL_M), int((x + reach) // _CELL_M) + 1):
            for j in rows:
                if (i, j) in cells:
                    found += cells[i, j]
        return found

    def grow(self, plan: Plan, first: list[int]) -> None:
        """Grow collectors and local streets from the streets numbered `first`, inside the plan's zones."""
        queue: list[_Seed] = []
        for number in first:
            self._sow(plan, number, queue)
        while queue:
            seed = heapq.heappop(queue)
            number = self._grow_one(plan, seed, queue)
            if number >= 0:
                self._sow(plan, number, queue)

    def relax(self) -> None:
        """Round the streets: each vertex between crossings moves towards its neighbours' middle, thrice."""
        x, y = np.array(self.x), np.array(self.y)
        fixed = np.array(self.degree) != 2
        chains = [np.array(street.vertices) for street in self.streets if len(street.vertices) > 2]
        before = np.concatenate([chain[:-2] for chain in chains])
        here = np.concatenate([chain[1:-1] for chain in chains])
        after = np.concatenate([chain[2:] for chain in chains])
        inner = ~fixed[here]
        before, here, after = before[inner], here[inner], after[inner]
        for _ in range(3):
            middle_x, middle_y = (x[before] + x[after]) / 2, (y[before] + y[after]) / 2
            x[here] += 0.6 * (middle_x - x[here])
            y[here] += 0.6 * (middle_y - y[here])
        self.x, self.y = x.tolist(), y.tolist()

    def _sow(self, plan: Plan, number: int, queue: list[_Seed]) -> None:
        """Put seeds along a street, each side by itself, as its zone's rule says."""
        street = self.streets[number]
        rng = self._rng
        for side in (-1.0, 1.0):
            until = {level: float(rng.uniform(0.3, 1.0)) for level in (1, 2)}
            for vertex in street.vertices[1:-1] if street.level else street.vertices:
                rule = plan.rule_at(self.x[vertex], self.y[vertex])
                if rule is None:
                    continue
                for level, spacing in ((1, rule.collector_m), (2, rule.spacing_m)):
                    if level < street.level:
                        continue
                    wide = spacing
                    if level == street.level:
                        wide = rule.block_m if level > 1 else 1.3 * spacing
                    if wide <= 0:
                        continue
                    until[level] -= (rule.step_m if street.level else STEP_M) / wide
                    if until[level] <= 0:
                        until[level] += float(rng.uniform(0.75, 1.3))
                        heading = self.heading[vertex] + side * math.pi / 2 + float(rng.normal(0, 0.07))
                        order = level * 10.0 + float(rng.random()) + (3.0 if street.level == level else 0.0)
                        queue_seed = _Seed(order, vertex, heading, level, number)
                        heapq.heappush(queue, queue_seed)

    def _grow_one(self, plan: Plan, seed: _Seed, queue: list[_Seed]) -> int:
        """Grow one street from a seed; return its number, or -1 where it came to nothing."""
        x, y, heading = self.x[seed.vertex], self.y[seed.vertex], seed.heading
        rule = plan.rule_at(x + 30 * math.cos(heading), y + 30 * math.sin(heading))
        if rule is None or self.degree[seed.vertex] > 3:
            return -1
        rng = self._rng
        most = rule.collector_max_m if seed.level == 1 else float(rng.uniform(*rule.length_m))
        wave, phase = rule.step_m * float(rng.uniform(12, 28)), float(rng.uniform(0, 6.3))
        step = rule.step_m
        points: list[tuple[float, float]] = []
        length, end, why = 0.0, -1, "long"
        while length < most:
            turn = plan.turn_at(x, y, heading)
            heading += max(-0.13, min(0.13, rule.obedience * turn)) + rule.winding * math.sin(
                length / wave * 6.3 + phase
            )
            ahead_x, ahead_y = x + step * math.cos(heading), y + step * math.sin(heading)
            met = self._meet(ahead_x, ahead_y, heading, seed, length, rule)
            if met is not None:
                end, why = met, "joined" if met >= 0 else "crowded"
                break
            if plan.rule_at(ahead_x, ahead_y) is None:
                why = "edge"
                break
            x, y = ahead_x, ahead_y
            points.append((x, y))
            length += step
        if why in {"long", "edge"}:
            end = self._reach_ahead(plan, x, y, heading, seed.vertex)
        if not self._keeps(why, length, end, rule):
            return -1
        number = self.add_street(points, level=seed.level, zone=rule.code, start=seed.vertex, end=end)
        self.streets[number].continues = seed.goes_on
        self._cross(number, end, heading, queue, rule)
        return number

    def _keeps(self, why: str, length: float, end: int, rule: ZoneRule) -> bool:
        if end >= 0:
            return length >= 30.0
        if why == "crowded":
            return length >= rule.least_m and self._rng.random() < rule.dead_ends
        return length >= rule.least_m and self._rng.random() < max(rule.dead_ends, 0.3)

    def _cross(self, number: int, end: int, heading: float, queue: list[_Seed], rule: ZoneRule) -> None:
        """Perhaps go on straight over the street that was met."""
        if end < 0 or self.degree[end] != 3 or self._rng.random() >= rule.crossings:
            return
        street = self.streets[number]
        root = street.continues if street.continues >= 0 else number
        priority = street.level * 10.0 + float(self._rng.random())
        heapq.heappush(queue, _Seed(priority, end, heading, street.level, self.owner[end], root))

    def _meet(
        self, x: float, y: float, heading: float, seed: _Seed, length: float, rule: ZoneRule
    ) -> int | None:
        """Return the vertex to join, -1 where a street runs too near alongside, None where way is free."""
        cos, sin = math.cos(heading), math.sin(heading)
        best, least = -1, JOIN_STEPS * rule.step_m
        gap = rule.gap_m * (1.6 if seed.level == 1 else 1.0)
        crowded = False
        for vertex in self.near(x, y, gap):
            dx, dy = self.x[vertex] - x, self.y[vertex] - y
            if dx > gap or dx < -gap or dy > gap or dy < -gap or vertex == seed.vertex:
                continue
            distance = math.hypot(dx, dy)
            if self.owner[vertex] == seed.parent and length < 2 * rule.step_m:
                continue
            forward, aside = dx * cos + dy * sin, abs(dy * cos - dx * sin)
            if distance < least and forward > -rule.step_m:
                best, least = vertex, distance
            elif (
                not crowded
                and length > 0
                and 6.0 < aside < gap
                and abs(forward) < 0.8 * rule.step_m
                and abs(math.cos(self.heading[vertex] - heading)) > SIDE_BY_SIDE
            ):
                crowded = True
        if best >= 0:
            if abs(math.cos(self.heading[best] - heading)) > 0.8 and self.degree[best] > 1:
                return -1
            return self._settle(best)
        return -1 if crowded else None

    def _settle(self, vertex: int) -> int:
        """Return a crossing within two vertices along the same street instead, so that none lie too near."""
        if self.degree[vertex] != 2:
            return vertex if self.degree[vertex] < 4 else -1
        chain = self.streets[self.owner[vertex]].vertices
        position = chain.index(vertex)
        for shift in (1, -1, 2, -2):
            other = position + shift
            if 0 <= other < len(chain) and self.degree[chain[other]] > 2:
                return chain[other] if self.degree[chain[other]] == 3 else -1
        return vertex

    def _reach_ahead(self, plan: Plan, x: float, y: float, heading: float, start: int) -> int:
        """Return a vertex ahead worth going on to, or -1."""
        cos, sin = math.cos(heading), math.sin(heading)
        best, least = -1, AHEAD_M
        for vertex in self.near(x, y, AHEAD_M):
            dx, dy = self.x[vertex] - x, self.y[vertex] - y
            distance = math.hypot(dx, dy)
            if distance < least and dx * cos + dy * sin > 0.8 * distance and vertex != start:
                best, least = vertex, distance
        if best < 0 or not plan.free(x, y, self.x[best], self.y[best]):
            return -1
        if abs(math.cos(self.heading[best] - heading)) > 0.85 and self.degree[best] > 1:
            return -1
        return self._settle(best)
