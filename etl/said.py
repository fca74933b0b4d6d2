"""What an import says of a file that is no fault: what was found out, and what was done with it."""

from __future__ import annotations

SAID: dict[str, str] = {
    # What was found out about a file, or done with it, and is not a fault.
    "encoding": "Written in {value}.",
    "delimiter": "Cells are divided by {value}.",
    "decimal": "Decimals are written with {value}.",
    "share_unit": "Shares are written as {value}.",
    "thousands": "Thousands are divided by {value}.",
    "date_layout": "Dates are written like {value}.",
    "clock_layout": "Times of day are written like {value}.",
    "crs": "Coordinates are in EPSG:{value}.",
    "crs_found": "No coordinate system is stated; the points lie in the municipality in EPSG:{value} alone.",
    "axes": "The two coordinates change places, as the project file says ({value}).",
    "invisible_removed": "{value} cells had characters that nobody sees, which were taken out.",
    "title_rows": "Rows above the heading were passed over: {value}.",
    "sheet": "Read from the sheet {value}.",
    "layer": "Read from the layer {value}.",
    "layers_joined": "Values come from the layers {value}.",
    "layers_absent": "The file has no layer {value}, so what it would say is empty.",
    "tags_left": "Objects that the mapping does not ask for: {value}.",
    "speeds_unread": "Speed limits that could not be read and were left empty: {value}.",
    "ways_cut": "{value} ways go on outside the file and were cut there.",
    "outside_extent": "{value} rows lie outside the workspace's extent and were set aside.",
    "markup_cleaned": "{value} cells had remains of web markup, which were taken out.",
    "masked_email": "{value} e-mail addresses were masked.",
    "masked_web": "{value} web addresses were masked.",
    "masked_identity": "{value} personal numbers were masked.",
    "masked_phone": "{value} telephone numbers were masked.",
    "masked_plate": "{value} number plates were masked.",
    "masked_name": "{value} names after titles were masked.",
    "category_from_text": "{value} rows have no category of their own; what they say gave them one.",
    "linked_same_id": "{value} rows repeat a record with the same id.",
    "linked_version": "{value} rows are older wordings of a record with the same id.",
    "linked_same_event": "{value} rows tell of an event that stands there under another id.",
    "linked_same_accident": "{value} rows tell of an accident that another source has.",
    "linked_same_complaint": "{value} rows are a complaint that was handed in before.",
    "events_repeat": "{value} events come again by a rule; each stands once, at its first time.",
    "values_unmatched": "Counted as other: {value}.",
    "when_unread": "Words for when that are not understood, so that no hours are read from them: {value}.",
    "ages_unread": "{value} answers say an age that no age group can be read from.",
    "geometry_mended": "{value} geometries crossed themselves and were mended.",
    "lines_divided": "{value} lines in several parts were divided into single lines.",
    "other_municipality": "{value} rows are about other municipalities and were set aside.",
    "name_used": "{value} is not imported: a file of that name is, and its rows are kept though it is locked"
    " or removed. Give the new one another name, or let the rows go first with 'problembild forget {value}'.",
    "locked_no_source": (
        "No source reads {value}, which the house locked. Was a source renamed, or its files? Give it back"
        " its name, or open the file with 'problembild unlock {value}'."
    ),
    "no_source": "No source reads {value}. Run 'problembild describe' on it, or take it out of the inbox.",
    "placed_by_words": "{value} rows without coordinates were placed by their words.",
    "no_files": "No file in the inbox matches {value}.",
    "file_gone": "The file is no longer in the inbox; its {value} rows were taken out.",
    "kept_from_before": "{value} rows from the previous import stay.",
    "rows_gone": "{value} records that the previous import had of this file have not come in again.",
    "before_unreadable": (
        "What the previous import had can't be read ({value}): nothing of it stays, and rows count as new."
    ),
    "mends": "Mends rows of {value}.",
    "mended": "{value} of the rejected rows stand, mended, in a table of their own.",
    "rejected_gone": "{value} is no longer in the inbox, so its rejected rows can't be read back.",
    "rejected_changed": "{value} has changed since the import. Import again and fetch the rows then.",
    "rejected_unreadable": "{value} can't be opened now. Close it elsewhere and try again.",
    "inbox_removed": "{value} is removed from the inbox once the import is published; its rows stay.",
    "inbox_locked": "{value} is locked in the inbox once the import is published.",
    "inbox_not_locked": (
        "{value} should be locked and can't be: there is no key. Set PROBLEMBILD_INBOX_KEY_FILE."
    ),
    "inbox_unmended": (
        "{value} stays in the inbox: rejected rows of it are not mended yet. Mend them, or write"
        " unmended = true under [retention] to let them go with the file."
    ),
    "kept_by_retention": "The file was removed once it was published; its {value} rows stay.",
    "kept_locked": "The file is locked and there is no key; its {value} rows stay as they were.",
    "file_forgotten": "The file and its {value} rows were taken out, as a person asked.",
    "columns_unused": "Columns that the mapping leaves alone: {value}.",
    "same_file": "The same file is read by {value} too: if both take the same rows, they count twice.",
}
