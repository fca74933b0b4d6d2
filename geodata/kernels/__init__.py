"""The loops that numpy has no word for, compiled by numba: arrays in, arrays out, no table of ours known."""
