"""From a file's columns to a proposed mapping: one decision after another, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.describe.coding import NAMED, find_aside, find_checklist
from etl.describe.drafts import IGNORED, Draft
from etl.describe.filling import fill_fields, find_pair, join_texts
from etl.describe.lexicon import heading_score, lexicon
from etl.describe.places import find_coordinates, has_shapes, is_wider
from etl.describe.placing import place
from etl.describe.profile import profiles
from etl.describe.reasons import Reason
from etl.describe.safe_places import safe_columns, safe_values
from etl.describe.scoring import assign, reasons
from etl.describe.tables import find_stream, find_table
from etl.describe.timing import find_timing
from etl.masking.mask import mask_text, mask_value
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from etl.describe.lexicon import Compound
    from etl.describe.places import Box, Coordinates
    from etl.describe.profile import Profile
    from etl.describe.scoring import Guess
    from etl.doubts.dates import DateOrder
    from etl.readers.raw_table import RawTable, ReaderOptions

KINDS = 60
"""Different words that a column of categories may hold when none of them is known."""
LIKELY = 0.4
"""What its heading must then be worth."""
SURE = 0.85
"""The same where there is a text beside it."""
COMPOUND = 0.8
"""Share of the cells that a compound's pattern must fit."""


class Proposal:
    """One reading of a file on its way to a mapping.

    Parameters
    ----------
    raw
        The file as text.
    options
        How it was read.
    file
        Its name.
    region
        Where its points should lie, degrees; None for Sweden.
    order
        Of day and month, where a person told it; None where the import is to ask.
    """

    def __init__(
        self,
        raw: RawTable,
        options: ReaderOptions,
        *,
        file: str,
        region: Box | None,
        order: DateOrder | None = None,
    ) -> None:
        self.order = order
        self.raw = raw
        self.file = file
        self.region = region
        self.draft = Draft()
        self.found: dict[str, Profile] = profiles(raw)
        self.compound = self._compound()
        self.coordinates: Coordinates | None = None
        self.safe = safe_columns(self.found)
        if not has_shapes(self.raw):
            others = {heading: one for heading, one in self.found.items() if heading not in self.safe}
            self.coordinates = find_coordinates(raw, others, region=region)
        self.checklist = find_checklist(self.found)
        self.taken = {self.coordinates.east, self.coordinates.north} if self.coordinates else set()
        self.taken |= self.safe
        self.taken |= set(self.checklist["items"].values()) if self.checklist else set()
        self.taken |= {self.compound[0]} if self.compound else set()
        rough = set(assign(self.found, table=None, taken=self.taken))
        rough |= {"checklist"} if self.checklist else set()
        self.table = find_table(rough, list(self.found), raw)
        self.guesses: dict[str, Guess] = assign(self.found, table=self.table, taken=self.taken)
        self.options = options.model_dump(exclude_defaults=True)

    def propose(self, *, title: str, whole: bool) -> Draft:
        """Make the mapping; `whole` says that the file has nothing beside what was read.

        Raises
        ------
        FileFaultError
            ``describe_no_time`` or ``describe_no_place`` for records without either.
        """
        draft, mapping = self.draft, self.draft.mapping
        mapping["title"] = title
        mapping["table"] = self.table
        if whole:
            self.options.pop("sheet", None)
            self.options.pop("layer", None)
        category = self.guesses.get("category")
        aside = find_aside(self.found, category.heading if category else None)
        for heading, profile in self.found.items():
            safe = safe_values(profile) if self.table == "observations" else []
            if safe:
                aside.setdefault(heading, []).extend(safe)
                draft.doubt("doubt_safe_rows", column=heading, value=", ".join(map(mask_value, safe)))
        if aside:
            mapping["set_aside"] = aside
        if self.table == "observations":
            self._observations()
        else:
            self._layer()
        for heading, values in aside.items():
            draft.use(heading, "set_aside", Reason("state", {"value": ", ".join(values)}))
        self._leave_the_rest()
        mapping["reader"] = self.options
        return draft

    def _compound(self) -> tuple[str, Compound] | None:
        for form in lexicon().compounds:
            for heading, profile in self.found.items():
                if profile.spaced and profile.share(form.pattern) >= COMPOUND:
                    return heading, form
        return None

    def _observations(self) -> None:
        draft, mapping = self.draft, self.draft.mapping
        roles = set(self.guesses) | ({"checklist"} if self.checklist else set())
        stream, told = find_stream(roles, self.found, file=self.file)
        mapping["stream"] = stream
        if not told:
            draft.doubt("doubt_stream", value=stream)
        self._identify()
        self._time(stream)
        self._locate()
        if self.checklist is not None:
            mapping["checklist"] = self.checklist
            marks = ", ".join(self.checklist["values"])
            for item, heading in self.checklist["items"].items():
                draft.use(heading, f"checklist.items.{item}", Reason("checklist", {"value": marks}))
        fill_fields(self.draft, self.guesses, self.found, self.raw, order=self.order)
        join_texts(self.draft, self.found)
        if "category" not in mapping["fields"] and self.checklist is None and not self._open_category():
            self._constant()

    def _open_category(self) -> bool:
        """Take a column that must be the category by its heading, though none of its words is known."""
        known = next(role for role in lexicon().roles if role.name == "category")
        able = [
            (known.heading(profile.folded), heading)
            for heading, profile in self.found.items()
            if heading not in self.draft.columns and 1 < len(profile.distinct) <= KINDS and not profile.unique
        ]
        score, heading = max(able, key=lambda one: one[0], default=(0.0, ""))
        # Where there is a text, its words say more than a column that may be anything.
        if score < (SURE if "text" in self.draft.mapping["fields"] else LIKELY):
            return False
        words = [
            str(word) for word in self.raw.cells[heading].unique() if word and mask_text(str(word)) == word
        ]
        rule: dict[str, Any] = {"column": heading, "values": dict.fromkeys(words, "other")}
        if (self.raw.cells[heading] == "").any():
            rule["empty"] = "other"
        self.draft.mapping["fields"]["category"] = rule
        self.draft.use(heading, "fields.category", *reasons("category", self.found[heading]), score=score)
        self.draft.doubt("doubt_kinds", column=heading, value=", ".join(map(mask_value, words[:NAMED])))
        return True

    def _constant(self) -> None:
        headings = [profile.folded for profile in self.found.values()]
        known = [
            one.category
            for one in lexicon().constants
            if any(heading_score(heading, one.headings) for heading in headings)
        ]
        if not known and "text" in self.draft.mapping["fields"]:
            self.draft.doubt("doubt_text_decides")
            return
        self.draft.mapping["constants"] = {"category": known[0] if known else "other"}
        self.draft.doubt("doubt_category", value=known[0] if known else "other")

    def _layer(self) -> None:
        mapping = self.draft.mapping
        if self.table in {"measurements", "schools", "areas", "streets"}:
            self._locate()
        if has_shapes(self.raw) and is_wider(self.raw, region=self.region):
            mapping.setdefault("location", {"geometry": True})
            mapping["scope"] = {"extent": True}
            self.draft.doubt("doubt_wider")
        code = self.guesses.get("municipality_code")
        if code is not None and len(self.found[code.heading].distinct) > 1:
            self._scope("code", code.heading)
        self._identify()
        fill_fields(self.draft, self.guesses, self.found, self.raw, order=self.order)
        if self.table == "areas" and "kind" not in mapping["fields"]:
            mapping["constants"] = {"kind": self._kind_of_areas()}

    def _kind_of_areas(self) -> str:
        """Return what areas without a kind are: whole municipalities, one a code, or parts of them."""
        words = lexicon().districts
        if any(heading_score(profile.folded, words) for profile in self.found.values()):
            return "district"
        code = self.guesses.get("municipality_code")
        return "boundary" if code is not None and self.found[code.heading].unique else "district"

    def _identify(self) -> None:
        guess, mapping = self.guesses.get("id"), self.draft.mapping
        code = self.guesses.get("municipality_code")
        if guess is None and self.table == "areas" and code and self.found[code.heading].unique:
            guess = code
        if guess is not None and (
            self.table not in {"streets", "areas"} or self.found[guess.heading].whole == 1.0
        ):
            mapping["id"] = guess.heading
            why = reasons("id", self.found[guess.heading])
            self.draft.use(guess.heading, "id", *why, score=guess.score, others=guess.others)
            return
        pair = find_pair(self.raw, self.found, taken=self.taken) if self.table == "observations" else None
        if pair is not None:
            mapping["id"] = list(pair)
            self.draft.use(pair[1], "id", Reason("unique_together"))
        elif self.table in {"observations", "measurements"}:
            self.draft.doubt("doubt_id")

    def _time(self, stream: str) -> None:
        timing = find_timing(
            self.guesses, self.found, stream=stream, compound=self.compound, order=self.order
        )
        if timing is None:
            raise FileFaultError(
                "describe_no_time",
                f"{self.file}: no column says when; found: {', '.join(self.found)}.",
                file=self.file,
                found=", ".join(self.found),
            )
        self.draft.mapping["time"] = timing.rule
        for heading, becomes in timing.used.items():
            if becomes == "split" and self.compound is not None:
                self.draft.mapping["split"] = {heading: self.compound[1].pattern}
                example = self.found[heading].examples[0]
                self.draft.use(heading, "split", Reason("compound", {"value": example}))
                continue
            role = becomes.removeprefix("time.")
            guess = self.guesses.get(role)
            score = guess.score if guess is not None and guess.heading == heading else 1.0
            self.draft.use(heading, becomes, *reasons(role, self.found[heading]), score=score)
        for heading, layout, other in timing.doubts:
            self.draft.doubt("doubt_order", column=heading, layout=layout, other=other)

    def _locate(self) -> None:
        wider = place(self.draft, self.raw, self.found, self.guesses, self.coordinates, region=self.region)
        if wider is not None:
            self._scope("name", wider)
        if "location" not in self.draft.mapping and self.table in {"observations", "schools"}:
            raise FileFaultError(
                "describe_no_place",
                f"{self.file}: no column says where; found: {', '.join(self.found)}.",
                file=self.file,
                found=", ".join(self.found),
            )

    def _scope(self, by: str, heading: str) -> None:
        self.draft.mapping["scope"] = {by: heading}  # says more than the extent does
        self.draft.use(heading, f"scope.{by}", Reason("several_municipalities"))

    def _leave_the_rest(self) -> None:
        """Ignore what is left: a heading that nobody names stops the import of every such file."""
        draft, mapping = self.draft, self.draft.mapping
        left = [heading for heading in self.found if heading not in draft.columns]
        for heading in left:
            why = "safe" if heading in self.safe else "unused"
            draft.use(heading, IGNORED, Reason(why if self.found[heading].distinct else "empty"), score=0.0)
        asked = [heading for heading in left if heading in self.safe]
        if asked:
            draft.doubt("doubt_safe_columns", column=", ".join(asked))
        if left:
            mapping["ignored"] = left
        if self.options["format"] == "json_records":
            # A record leaves out what it lacks, so any heading may be missing in another file.
            mapping["optional"] = [
                heading
                for heading in draft.columns
                if heading not in left and self.found[heading].filled < 1.0
            ]
