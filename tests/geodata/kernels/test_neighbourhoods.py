import numpy as np

from geodata.kernels.neighbourhoods import gi_star_z


def test_equal_to_the_formula_written_out():
    rng = np.random.default_rng(0)
    touching = np.triu(rng.random((30, 30)) < 0.2, 1)
    touching |= touching.T
    values = rng.poisson(2, 30).astype(float)
    starts = np.concatenate([[0], touching.sum(axis=1).cumsum()]).astype(np.int32)
    weight = np.arange(31.0)
    deviation = values.std() * np.sqrt((30 * weight - weight**2) / 29)
    z = np.full(30, np.nan)
    gi_star_z(values, np.nonzero(touching)[1].astype(np.int32), starts, values.mean(), deviation, 4, 26, z)
    star = touching + np.eye(30)
    number = star.sum(axis=1)
    told = (star @ values - values.mean() * number) / (
        values.std() * np.sqrt((30 * (star**2).sum(axis=1) - number**2) / 29)
    )
    np.testing.assert_allclose(z[4:26], told[4:26], atol=1e-12)
    assert np.isnan(z[:4]).all()
    assert np.isnan(z[26:]).all()
