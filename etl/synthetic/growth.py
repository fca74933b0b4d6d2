"""Grow a street net: every street starts at a street, follows the lie of the land, and joins what it meets.

Streets are chains of vertices about `STEP_M` apart; a crossing is a vertex that several streets share, so
the net is planar by the way it is made.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from etl.synthetic.net import Net
    from etl.synthetic.town_plan import Plan, ZoneRule

STEP_M = 15.0
JOIN_STEPS = 1.35
"""A street that comes this many steps near another one ahead joins it; so none is stepped over."""
AHEAD_M = 55.0
"""A street at the end of its length goes on to one this near ahead rather than stop short of it."""
SIDE_BY_SIDE = 0.75
"""Cosine of the angle between two streets from which they count as running alongside."""


@dataclass(order=True, slots=True)
class _Seed:
    priority: float
    vertex: int = field(compare=False)
    heading: float = field(compare=False)
    level: int = field(compare=False)
    parent: int = field(compare=False)
    goes_on: int = field(compare=False, default=-1)


class Growth:
    """What makes a street net grow.

    Parameters
    ----------
    net
        Where the streets go; what stands there already is grown from and joined.
    """

    def __init__(self, net: Net, rng: np.random.Generator) -> None:
        self._net = net
        self._rng = rng

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

    def _sow(self, plan: Plan, number: int, queue: list[_Seed]) -> None:
        """Put seeds along a street, each side by itself, as its zone's rule says."""
        street = self._net.streets[number]
        rng = self._rng
        for side in (-1.0, 1.0):
            until = {level: float(rng.uniform(0.3, 1.0)) for level in (1, 2)}
            for vertex in street.vertices[1:-1] if street.level else street.vertices:
                rule = plan.rule_at(self._net.x[vertex], self._net.y[vertex])
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
                        heading = self._net.heading[vertex] + side * math.pi / 2 + float(rng.normal(0, 0.07))
                        order = level * 10.0 + float(rng.random()) + (3.0 if street.level == level else 0.0)
                        queue_seed = _Seed(order, vertex, heading, level, number)
                        heapq.heappush(queue, queue_seed)

    def _grow_one(self, plan: Plan, seed: _Seed, queue: list[_Seed]) -> int:
        """Grow one street from a seed; return its number, or -1 where it came to nothing."""
        x, y, heading = self._net.x[seed.vertex], self._net.y[seed.vertex], seed.heading
        rule = plan.rule_at(x + 30 * math.cos(heading), y + 30 * math.sin(heading))
        if rule is None or self._net.degree[seed.vertex] > 3:
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
        number = self._net.add_street(points, level=seed.level, zone=rule.code, start=seed.vertex, end=end)
        self._net.streets[number].continues = seed.goes_on
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
        if end < 0 or self._net.degree[end] != 3 or self._rng.random() >= rule.crossings:
            return
        street = self._net.streets[number]
        root = street.continues if street.continues >= 0 else number
        priority = street.level * 10.0 + float(self._rng.random())
        heapq.heappush(queue, _Seed(priority, end, heading, street.level, self._net.owner[end], root))

    def _meet(
        self, x: float, y: float, heading: float, seed: _Seed, length: float, rule: ZoneRule
    ) -> int | None:
        """Return the vertex to join, -1 where a street runs too near alongside, None where way is free."""
        cos, sin = math.cos(heading), math.sin(heading)
        best, least = -1, JOIN_STEPS * rule.step_m
        gap = rule.gap_m * (1.6 if seed.level == 1 else 1.0)
        crowded = False
        for vertex in self._net.near(x, y, gap):
            dx, dy = self._net.x[vertex] - x, self._net.y[vertex] - y
            if dx > gap or dx < -gap or dy > gap or dy < -gap or vertex == seed.vertex:
                continue
            distance = math.hypot(dx, dy)
            if self._net.owner[vertex] == seed.parent and length < 2 * rule.step_m:
                continue
            forward, aside = dx * cos + dy * sin, abs(dy * cos - dx * sin)
            if distance < least and forward > -rule.step_m:
                best, least = vertex, distance
            elif (
                not crowded
                and length > 0
                and 6.0 < aside < gap
                and abs(forward) < 0.8 * rule.step_m
                and abs(math.cos(self._net.heading[vertex] - heading)) > SIDE_BY_SIDE
            ):
                crowded = True
        if best >= 0:
            if abs(math.cos(self._net.heading[best] - heading)) > 0.8 and self._net.degree[best] > 1:
                return -1
            return self._settle(best)
        return -1 if crowded else None

    def _settle(self, vertex: int) -> int:
        """Return a crossing within two vertices along the same street instead, so that none lie too near."""
        if self._net.degree[vertex] != 2:
            return vertex if self._net.degree[vertex] < 4 else -1
        chain = self._net.streets[self._net.owner[vertex]].vertices
        position = chain.index(vertex)
        for shift in (1, -1, 2, -2):
            other = position + shift
            if 0 <= other < len(chain) and self._net.degree[chain[other]] > 2:
                return chain[other] if self._net.degree[chain[other]] == 3 else -1
        return vertex

    def _reach_ahead(self, plan: Plan, x: float, y: float, heading: float, start: int) -> int:
        """Return a vertex ahead worth going on to, or -1."""
        cos, sin = math.cos(heading), math.sin(heading)
        best, least = -1, AHEAD_M
        for vertex in self._net.near(x, y, AHEAD_M):
            dx, dy = self._net.x[vertex] - x, self._net.y[vertex] - y
            distance = math.hypot(dx, dy)
            if distance < least and dx * cos + dy * sin > 0.8 * distance and vertex != start:
                best, least = vertex, distance
        if best < 0 or not plan.free(x, y, self._net.x[best], self._net.y[best]):
            return -1
        if abs(math.cos(self._net.heading[best] - heading)) > 0.85 and self._net.degree[best] > 1:
            return -1
        return self._settle(best)
