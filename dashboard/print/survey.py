"""The survey on paper: one sheet of A4, both sides, as a page with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.print.survey_map import survey_map
from dashboard.texts.catalogue import catalogue
from dashboard.views.survey import COMMENT, PLACE, PROBLEM, PROPOSAL, survey_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.survey import Asked, Choice, SurveyForm
    from geodata.analyses.ground import Ground
    from geodata.project import Project

WRITING_LINES = {COMMENT: 4, PROPOSAL: 3, PLACE: 1}
"""Lines to write on; one for every other question."""

_STYLE = """
@page { size: A4; margin: 14mm 16mm 12mm; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.4 "Noto Sans", system-ui, sans-serif; color: #111; background: #fff; }
body { margin: 0; }
main { display: block; margin: 0 auto; max-width: 178mm; }
h1, h2, p, ul { margin: 0; padding: 0; }
h1 { font-size: 20pt; line-height: 1.2; }
h2 { font-size: 11.5pt; line-height: 1.3; font-weight: 600; }
ul { list-style: none; }
header { display: grid; grid-template-columns: 1fr auto; gap: 2mm 8mm; align-items: start; }
.code { border: 0.3mm solid #111; padding: 2mm 3mm; font-size: 9pt; display: grid; gap: 1.5mm; }
.code { min-width: 48mm; }
.code b { font-size: 12pt; }
.code span { display: flex; gap: 2mm; align-items: end; }
.code i, .line { flex: 1; border-bottom: 0.3mm solid #111; display: block; min-height: 8mm; }
.code i { min-height: 5mm; }
.purpose { grid-column: 1 / -1; }
section { break-inside: avoid; margin-top: 5mm; }
.note { font-size: 9pt; color: #333; }
.ticks { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.2mm 4mm; margin-top: 1.5mm; }
.ticks.few { grid-template-columns: repeat(4, 1fr); }
.ticks li { display: grid; grid-template-columns: 4mm 5mm 1fr; gap: 1.2mm; align-items: start; }
.box { width: 4mm; height: 4mm; border: 0.35mm solid #111; margin-top: 0.6mm; }
.ticks b { font-weight: 400; font-size: 9pt; text-align: right; padding-top: 0.3mm; }
.map { display: block; width: 178mm; height: 132mm; border: 0.3mm solid #111; margin-top: 2mm; }
.privacy { border-top: 0.3mm solid #777; padding-top: 2mm; font-size: 9pt; }
.back { break-before: page; }
footer { margin-top: 5mm; display: flex; justify-content: space-between; gap: 8mm; font-size: 9.5pt; }
@media screen {
  html { background: #e9ebed; }
  main { padding: 12mm 0; }
  main > div { background: #fff; padding: 14mm 16mm; margin: 0 -16mm 8mm; }
}
@media screen and (max-width: 860px) {
  main { padding: 0; }
  main > div { margin: 0 0 4mm; padding: 6mm 4mm; }
  header { grid-template-columns: 1fr; }
  .map { width: 100%; height: auto; }
  .ticks, .ticks.few { grid-template-columns: repeat(2, 1fr); }
}
"""


def survey_page(project: Project, ground: Ground | None, *, language: str, batch: str = "") -> str:
    """Return the survey as one HTML file that opens from disk and asks nothing of any network.

    Parameters
    ----------
    ground
        Where the map is drawn from; without it the survey has no map.
    language
        ``sv`` or ``en``.
    batch
        Code of the round, printed so that papers are found again; a line to write on without it.
    """
    texts = catalogue(language)
    form = survey_form(texts, project.survey, municipality=project.municipality.name)
    written = [question for question in form.questions if question.name in {COMMENT, PROPOSAL}]
    first = [question for question in form.questions if question not in written]
    front = tag(
        "div",
        _head(texts, form, batch),
        (_question(texts, question) for question in first),
        tag("section", tag("p", form.privacy_notice), class_="privacy"),
    )
    back = tag(
        "div",
        tag(
            "section",
            tag("h2", texts("survey.map_heading")),
            tag("p", texts("survey.map_note" if ground else "survey.map_none"), class_="note"),
            _map(texts, ground) if ground else None,
        ),
        (_question(texts, question) for question in written),
        _foot(texts, project),
        class_="back",
    )
    title = f"{form.title} – {project.municipality.name}"
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", title),
        ]
    )
    style = f"<style>{_STYLE}</style>"
    body = tag("body", tag("main", front, back))
    return f'<!DOCTYPE html>\n<html lang="{language}">\n<head>{head}{style}</head>\n{body}\n</html>\n'


def _map(texts: Catalogue, ground: Ground) -> Markup:
    def scale(metres: int) -> str:
        return texts("survey.scale", metres=metres)

    return survey_map(ground, label=texts("survey.map_heading"), scale=scale)


def _head(texts: Catalogue, form: SurveyForm, batch: str) -> Markup:
    code = tag("b", batch) if batch else tag("i")
    return tag(
        "header",
        tag("h1", form.title),
        tag(
            "div",
            tag("span", texts("survey.batch"), code),
            tag("span", texts("survey.number"), tag("i")),
            class_="code",
        ),
        tag("p", form.purpose, class_="purpose"),
    )


def _question(texts: Catalogue, question: Asked) -> Markup:
    if question.choices:
        how = texts("survey.tick_most" if question.name == PROBLEM else "survey.tick_one")
        return tag(
            "section",
            tag("h2", question.text),
            tag("p", how, class_="note"),
            _ticks(question.choices),
        )
    note = tag("p", texts("survey.mark_map"), class_="note") if question.name == PLACE else None
    lines = [tag("span", class_="line") for _ in range(WRITING_LINES.get(question.name, 1))]
    return tag("section", tag("h2", question.text), note, lines)


def _ticks(choices: Iterable[Choice]) -> Markup:
    rows = [
        tag("li", tag("span", class_="box"), tag("b", str(choice.number)), tag("span", choice.label))
        for choice in choices
    ]
    return tag("ul", rows, class_="ticks" if len(rows) > 8 else "ticks few")


def _foot(texts: Catalogue, project: Project) -> Markup:
    contact = project.survey.contact or texts("survey.contact_default")
    return tag(
        "footer",
        tag("p", tag("strong", texts("survey.hand_in"))),
        tag("p", f"{texts('survey.contact')}: {contact}"),
    )
