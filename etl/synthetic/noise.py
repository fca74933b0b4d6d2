"""Smooth random surfaces and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import zoom

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Raster:
    """Values on square pixels, row 0 southmost.

    Attributes
    ----------
    values
        Shape ``(rows, columns)``.
    west, south
        Corner in metres.
    pixel
        Side in metres.
    """

    values: NDArray[np.float64]
    west: float
    south: float
    pixel: float

    def at(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Return the pixel's value at each point (metres); points outside take the nearest edge's."""
        rows, columns = self.values.shape
        column = np.clip((np.asarray(x) - self.west) // self.pixel, 0, columns - 1).astype(np.int64)
        row = np.clip((np.asarray(y) - self.south) // self.pixel, 0, rows - 1).astype(np.int64)
        return np.asarray(self.values[row, column])

    def like(self, values: NDArray[np.float64]) -> Raster:
        """Return a raster on the same pixels."""
        return Raster(values, self.west, self.south, self.pixel)

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the pixels' middle points, two arrays of shape ``(rows, columns)``."""
        rows, columns = self.values.shape
        x = self.west + (np.arange(columns) + 0.5) * self.pixel
        y = self.south + (np.arange(rows) + 0.5) * self.pixel
        across, up = np.meshgrid(x, y)
        return across, up


def empty_raster(bounds: tuple[float, float, float, float], pixel: float) -> Raster:
    """Return a raster of zeros over west, south, east, north (metres)."""
    west, south, east, north = bounds
    shape = (int(np.ceil((north - south) / pixel)), int(np.ceil((east - west) / pixel)))
    return Raster(np.zeros(shape), west, south, pixel)


def fractal(
    raster: Raster, rng: np.random.Generator, *, wavelength_m: float, octaves: int = 4
) -> NDArray[np.float64]:
    """Return fractal noise on `raster`'s pixels, about zero with a spread of about one.

    The first octave has the given wavelength; each next one half the wavelength and half the height.
    """
    shape = raster.values.shape
    total = np.zeros(shape)
    for octave in range(octaves):
        knots = wavelength_m / 2**octave / raster.pixel / 2.0
        if knots < 1.0:
            break
        size = [int(np.ceil(side / knots)) + 3 for side in shape]
        coarse = rng.standard_normal(size)
        fine = zoom(coarse, knots, order=3, mode="nearest", grid_mode=True)
        total += fine[: shape[0], : shape[1]] / 2**octave
    return np.asarray(total / total.std())


def wavy(length: float, every: float, rng: np.random.Generator) -> CubicSpline:
    """Return a smooth random function on ``[-length, length]``, spread about one, a knot every `every`."""
    knots = np.arange(-length - every, length + 2 * every, every)
    return CubicSpline(knots, rng.standard_normal(len(knots)))
