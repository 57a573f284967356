"""Gives every area a cell of a grid: near where it belongs, beside its neighbours, regions in one piece."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))

PULL = 0.35
"""Share of the way by which an area that is cut off from its region is drawn towards it, time and again."""

MOST_PULLS = 60

LOYALTY = 0.1
"""Weight of an area's own place against its neighbours' when cells are exchanged."""

REACH = 3
"""How many cells away an exchange may be."""

LENGTH_WEIGHT = 0.15
"""Weight of a wrong distance between neighbours against a wrong direction: a map is known by its directions."""

LEAST_GAIN = 1e-6
"""Smaller gains are rounding, and would let two layouts take turns for ever."""


@dataclass(frozen=True)
class Ground:
    """What a layout is judged by.

    Attributes:
        regions: region of each area.
        neighbours: pairs of positions of areas that touch.
        directions: for each pair, the true direction from the first to the second, of length one.
    """

    regions: NDArray[np.object_]
    neighbours: IntArray
    directions: FloatArray


def whole_regions(wanted: FloatArray, ground: Ground) -> IntArray | None:
    """Return cells near the wanted places in which every region hangs together side by side; None where none is found.

    Cells are given so that the sum of squared distances is least (linear sum assignment). An area apart from the main
    part of its region is then drawn towards it, and all cells are given anew, until no area is apart.

    Args:
        wanted: place of each area, in cells.
        ground: regions and neighbours.
    """
    drawn = wanted.copy()
    for _ in range(MOST_PULLS):
        cells = _nearest_cells(drawn)
        piece = _pieces(cells, ground.regions)
        apart = False
        for region in np.unique(ground.regions):
            members = np.flatnonzero(ground.regions == region)
            numbers, sizes = np.unique(piece[members], return_counts=True)
            inside = piece[members] == numbers[sizes.argmax()]
            for member in members[~inside]:
                body = cells[members[inside]]
                drawn[member] += PULL * (body[np.hypot(*(body - cells[member]).T).argmin()] - drawn[member])
                apart = True
        if not apart:
            return cells
    return None


def _nearest_cells(wanted: FloatArray) -> IntArray:
    across, up = (np.arange(-2, int(top) + 3) for top in wanted.max(axis=0))
    cells = np.array(list(product(across, up)))
    _, chosen = linear_sum_assignment(cdist(wanted, cells) ** 2)
    return np.asarray(cells[chosen])


def improved(cells: IntArray, wanted: FloatArray, ground: Ground) -> IntArray:
    """Return the layout after all exchanges of two cells, or moves to an empty one, that lower the strain.

    An exchange that would break a region or make a hole is left out.

    Args:
        cells: a layout with whole regions.
        wanted: place of each area, in cells.
        ground: regions and neighbours.
    """
    cells = cells.copy()
    holes, pieces = holes_in(cells), _count_pieces(cells, ground)
    beside = [np.flatnonzero((ground.neighbours == area).any(axis=1)) for area in range(len(cells))]

    def cost(areas: list[int]) -> float:
        pairs = np.concatenate([beside[area] for area in areas])
        return float(_strain(cells, ground, pairs).sum() + LOYALTY * ((cells[areas] - wanted[areas]) ** 2).sum())

    def try_at(areas: list[int], new: IntArray) -> bool:
        before, old = cost(areas), cells[areas]
        cells[areas] = new
        if cost(areas) < before - LEAST_GAIN and _count_pieces(cells, ground) <= pieces and holes_in(cells) <= holes:
            return True
        cells[areas] = old
        return False

    moved = True
    while moved:
        moved = False
        for area in range(len(cells)):
            for other in np.flatnonzero(np.abs(cells - cells[area]).max(axis=1) <= REACH).tolist():
                moved |= other != area and try_at([area, other], cells[[other, area]])
            for cell in _empty_near(cells, cells[area]):
                moved |= try_at([area], np.array([cell]))
    return cells


def strain(cells: IntArray, ground: Ground) -> float:
    """Return how far neighbours are from lying one cell apart in their true direction.

    Sum over pairs of 1 - cos(angle to the true direction) + LENGTH_WEIGHT (distance - 1)².
    """
    return float(_strain(cells, ground, np.arange(len(ground.neighbours))).sum())


def _strain(cells: IntArray, ground: Ground, pairs: IntArray) -> FloatArray:
    first, second = ground.neighbours[pairs].T
    apart = cells[second] - cells[first]
    length = np.hypot(*apart.T)
    turned = 1 - (apart * ground.directions[pairs]).sum(axis=1) / length
    return np.asarray(turned + LENGTH_WEIGHT * (length - 1) ** 2)


def nearest_empty(cells: IntArray, wanted: FloatArray) -> IntArray:
    """Return the empty cell nearest to a wanted place."""
    empty = np.array(_empty_near(cells, np.round(wanted).astype(int)))
    return np.asarray(empty[((empty - wanted) ** 2).sum(axis=1).argmin()])


def _empty_near(cells: IntArray, cell: IntArray) -> list[tuple[int, int]]:
    taken = _taken(cells)
    steps = range(-REACH, REACH + 1)
    near = ((int(cell[0]) + east, int(cell[1]) + north) for east, north in product(steps, steps))
    return [(x, y) for x, y in near if (x, y) not in taken and any((x + e, y + n) in taken for e, n in SIDES)]


def holes_in(cells: IntArray) -> int:
    """Return how many empty cells have areas on all four sides."""
    taken = _taken(cells)
    around = {(x + east, y + north) for x, y in taken for east, north in SIDES} - taken
    return sum(all((x + east, y + north) in taken for east, north in SIDES) for x, y in around)


def _taken(cells: IntArray) -> set[tuple[int, int]]:
    return {(x, y) for x, y in cells.tolist()}


def _count_pieces(cells: IntArray, ground: Ground) -> int:
    return len(np.unique(_pieces(cells, ground.regions)))


def _pieces(cells: IntArray, regions: NDArray[np.object_]) -> IntArray:
    """Return a number for each area, the same for areas of one region that hang together side by side."""
    places = [(x, y) for x, y in cells.tolist()]
    at = {place: area for area, place in enumerate(places)}
    piece = [-1] * len(places)
    for start in range(len(places)):
        waiting = [start] if piece[start] < 0 else []
        while waiting:
            area = waiting.pop()
            piece[area] = start
            x, y = places[area]
            for east, north in SIDES:
                other = at.get((x + east, y + north))
                if other is not None and piece[other] < 0 and regions[other] == regions[start]:
                    waiting.append(other)
    return np.array(piece)
