"""A small made-up file in the layout of every shipped mapping."""

from etl.synthetic.samples.ground import GROUND
from etl.synthetic.samples.incidents import INCIDENTS
from etl.synthetic.samples.national import NATIONAL
from etl.synthetic.samples.reviews import REVIEWS
from etl.synthetic.samples.surveys import SURVEYS
from etl.synthetic.samples.writing import Sample

__all__ = ["SAMPLES", "Sample"]

SAMPLES: dict[str, Sample] = {
    one.mapping: one for one in (*SURVEYS, *REVIEWS, *INCIDENTS, *GROUND, *NATIONAL)
}
"""Name of a mapping → its sample."""
