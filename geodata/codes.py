"""Every code that an answer can carry beside its values, and what it means in English.

Screens find the words in the text catalogue; a test holds the catalogue against this list.
"""

from __future__ import annotations

WARNINGS: dict[str, str] = {
    "cells_withheld": "This audience sees named places only, no cells and no areas.",
    "stretches_withheld": "This audience sees named places only, no stretches of street.",
    "reviews_withheld": "This audience sees decided measures only, no reviews and no evidence behind them.",
    "stretches_need_streets": "No streets are imported, so there are no stretches.",
    "none_on_streets": "No selected record lies on a street.",
    "no_events": "No record with a known point is selected.",
    "few_events": "Fewer than thirty records are selected, too few to tell a cluster from chance.",
    "few_permutations": "So many cells need more permutations: fewer than ten together are not seen.",
    "few_periods": "The period is too short for a method that looks at how it changes.",
    "few_in_part": "Too few records in the newest or in the earlier part of the period to compare them.",
    "cells_nearly_empty": "Nearly all cells are empty in the fullest period too; larger ones would say more.",
    "no_significance": "Counts alone say nothing of chance.",
    "bandwidth_below_cell": "The bandwidth is a cell's side: a narrower one would say no more than counts.",
    "no_reference": "Neither streets nor population are imported, so every spot is expected to have as many.",
    "no_streets": "No streets are imported: the expected follows population only, school zones are circles.",
    "no_population": "No population is imported: the expected follows streets only.",
    "no_flow": "No street has a traffic flow: the expected follows the class and length of streets.",
    "cells_small_for_events": "There are fewer records than cells; larger cells would say more.",
    "cells_larger_than_areas": "One cell is larger than the largest area that is shown as one.",
    "hour_unknown": "What has no known hour, as survey answers, is not counted when hours are chosen.",
    "no_places": "The register has no places of the kinds asked for.",
    "bandwidth_below_lixel": "An event is spread less far than the street is cut: the pieces decide, not it.",
    "nothing_weighs": "Every chosen stream weighs nothing, so nothing is ordered by it.",
    "leans_on_expected": "It trusts the expected: where that is a little wrong, chance often gives an area.",
    "too_few_to_rank": "Nowhere are there enough records for a rank; a rotation is the fair plan.",
    "plan_terms_end": "The stated terms end before the plan does; the usual weeks take over.",
    "plan_terms_assumed": "The municipality states no terms; the plan reckons with the usual weeks.",
    "plan_hours_left": "Somebody has no passes in the days of the plan.",
    "bells_assumed": "Bells or lunches of some school are not stated; the usual times stand in.",
    "effect_too_short": "There is too little time before or after with records.",
    "seasons_differ": "Before and after are not the same part of the year.",
    "regression_to_mean": "It was counted in a bad spell; less would have come anyway, and is not counted.",
    "regression_not_ruled_out": "Too few other places tell what is usual: luck turning may look like effect.",
    "places_vary": "Places change more of themselves than by luck, and the range allows for it.",
    "survey_not_random": "Those who answer are no random sample, and not the same each time.",
    "speed_repeats": "Judged by repeated measurements at the site itself, not by other sites.",
    "speed_none": "One measurement before and after does not tell a change from the usual wobble.",
    "picture_nothing_before": "The records do not reach back, so nothing can be said of what changed.",
    "order_uncertain": "The ranges of the ranks overlap from first to last: the order is not to be trusted.",
}

COMPARISONS: dict[str, str] = {
    "same_kind": "Other places of the same kind with as much people and traffic, out of reach.",
    "same_kind_any_size": "Other places of the same kind, larger and smaller, out of reach.",
    "any_kind": "Places of other kinds with as much people and traffic, out of reach.",
    "rest_of_municipality": "Everything recorded elsewhere in the municipality, for no place will do.",
}
"""What a place where something was done is compared with."""

EFFECT_METHODS: dict[str, str] = {
    "bayes_before_after": "Empirical Bayes before and after: what would have come anyway, net of luck.",
    "log_ratio": "The ratio of the change there to the change at the comparison places, by mid-p.",
    "log_ratio_spread": "The same, with what places change of themselves in its range.",
    "no_comparison": "Before and after alone, for there is nothing to compare with.",
    "survey_change": "The share of answers that are about the place.",
    "speed_share": "The share of vehicles above the limit, held against what other sites change.",
}
"""By which method an effect is judged."""

COUNTING_RULES: dict[str, str] = {
    "inside_cell": "A record counts in the one cell that its point lies in.",
    "inside_place": "A record counts in every place that its point lies in, so places must not be summed.",
    "by_distance": "A record counts in every cell within the bandwidth, the less the farther away.",
    "along_street": "A record counts on one stretch: of the nearest street, or at a crossing of the largest.",
    "known_to_area": "A record counts for the area that its source names; it has no point.",
}

LEFT_OUT: dict[str, str] = {
    "day_unknown": "The day is not known well enough to say in which part of the period it was.",
    "time_unknown": "The time is not known.",
    "interval_too_long": "It may have been at any hour of the week.",
    "off_street": "It lies on no street.",
}
"""Why a method could not use a record that is known well enough to be counted."""

CLASSES: dict[str, str] = {
    "new": "Hot in the last period, for the first time.",
    "consecutive": "Hot in the last periods without a break, and never before.",
    "intensifying": "Hot nearly all the time, and ever more.",
    "persistent": "Hot nearly all the time, neither more nor less.",
    "diminishing": "Hot nearly all the time, but ever less.",
    "sporadic": "Hot now and then, and in the last period.",
    "oscillating": "Hot in the last period, though it has been colder than elsewhere.",
    "historical": "Hot nearly all the time, but not in the last period.",
}
"""What kind of hotspot a method calls a place."""

CHANCES: dict[str, str] = {
    "surely": "Chance would hardly give this: at most one time in a hundred.",
    "probably": "Chance would seldom give this: at most one time in twenty.",
    "not_more": "Not more than chance may give.",
    "untested": "The method sets nothing against chance.",
}
"""How sure it is that a found place is more than chance."""

GAPS: dict[str, str] = {
    "bells_missing": "Neither the settings nor the school layer state the bells; the usual times stand in.",
    "pupils_missing": "The number of pupils is not stated; the median of the other schools stands in.",
    "terms_assumed": "The municipality states no terms; the usual weeks stand in.",
    "terms_ended": "The stated terms end before the newest record; the usual weeks take over.",
}
"""What is not known of a school, and what stands in for it."""

CHOSEN: dict[str, str] = {
    "places": "Places that hold any event, and that circles are drawn round.",
    "spans": "Spans of time that the period is cut into.",
    "replications_drawn": "How often chance was drawn before it was clear.",
    "raised": "Bands of distance and time with more pairs than chance gives, and how many times more.",
    "reach_m": "How far apart two events may lie and still be together.",
    "bandwidth_used_m": "How far an event is spread, chosen from the events.",
    "bandwidth_m": "How far an event is spread, given or chosen from the events.",
    "largest_area_m2": "An area that is shown as one is no larger.",
    "weights_source": "Who says what a severity weighs.",
    "weighs_one_unlisted": "Records whose severity the scale does not list; each weighs one.",
}
"""What a method, or the answer round it, chose and says beside the method's own parameters."""

SHARES = frozenset({"top_share", "largest_share", "newest_share", "false_discovery_rate", "alpha"})
"""Settings from 0 to 1 that are a part of something."""

CODES: dict[str, str] = {
    **WARNINGS,
    **COMPARISONS,
    **EFFECT_METHODS,
    **COUNTING_RULES,
    **LEFT_OUT,
    **CLASSES,
    **CHANCES,
    **GAPS,
    **CHOSEN,
}
"""Code → one sentence in English."""
