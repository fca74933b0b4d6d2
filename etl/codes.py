"""Every code that an import can say, with its English sentence.

The text catalogue has words for each of these in every language, and a test holds the two together.
Placeholders are filled from the values that the error, the rejection or the account carries.
"""

from __future__ import annotations

from etl.describe.reasons import REASONS
from etl.said import SAID
from etl.services.codes import SERVICE

FAULTS: dict[str, str] = {
    # Something is wrong with a whole file: it is stopped, and what it gave before stays.
    "file_empty": "{file} is empty. Fetch it again, or take it out of the inbox.",
    "file_no_rows": "{file} has a heading but no rows. Fetch it again, or take it out of the inbox.",
    "file_unreadable": "{file} can't be read as {format}: {problem}. Fetch or save it again.",
    "file_not_allowed": "{file} can't be opened: {problem}. Close it elsewhere and check its permissions.",
    "encoding_unknown": (
        "{file}, row {row}, column {column}: byte {value} is neither UTF-8 nor Windows-1252."
        " Save the file as UTF-8."
    ),
    "encoding_mixed": (
        "{file}, row {row}, column {column}: {value} mixes UTF-8 and Windows-1252. Save the file as UTF-8."
    ),
    "encoding_wrong": (
        "{file}, row {row}, column {column}: byte {value} is not {encoding}, as the project file says."
        " Correct one of them."
    ),
    "quotes_broken": "{file}, row {row}: the quotation marks don't match ({problem}). Export the file again.",
    "heading_empty": "{file}, row {row}: column {column} from the left has no heading. Give it one.",
    "heading_twice": (
        "{file}, row {row}: the heading {column} stands on more than one column. Give each its own."
    ),
    "formula_unsaved": (
        "{file}, row {row}, column {column}: the cell is a formula whose result was not saved."
        " Open the file in Excel or LibreOffice and save it."
    ),
    "columns_unmapped": (
        "{file}: the mapping {mapping} does not know the column {column}."
        " Add it to the mapping, under fields or ignored."
    ),
    "columns_missing": (
        "{file}: the column {column}, which the mapping {mapping} needs, is missing. Found: {found}."
        " Correct the heading, or the mapping."
    ),
    "sheet_missing": "{file}: there is no sheet {sheet}. Found: {found}. Set sheet in the mapping.",
    "layer_missing": "{file}: there is no layer {layer}. Found: {found}. Set layer in the mapping.",
    "archive_unsafe": (
        "{file} holds {value}, which leads out of the archive, so nothing of it is read. Ask for a new file."
    ),
    "archive_locked": "{file} is locked with a password. Unlock it and put the open file in the inbox.",
    "entities_refused": (
        "{file} declares entities of its own, which {format} never needs, so it is not read. Save it again."
    ),
    "file_too_large": (
        "{file} would take {value} when it is read; {limit} is the most. Take out what stands far out and is"
        " empty, or divide the file."
    ),
    "records_missing": (
        "{file}: there is no list of records at {path}. Found: {found}. Set records in the mapping."
    ),
    "crs_undecided": (
        "{file} does not say which coordinate system it uses. It may be EPSG:{likely}."
        " Set crs for the source in problembild.toml."
    ),
    "crs_mismatch": (
        "{file}, column {column}: the points are not in the municipality in EPSG:{crs}, but they are in"
        " EPSG:{likely}. Set crs for the source {source} in problembild.toml."
    ),
    "axes_undecided": (
        "{file}, column {column}: the points are in the municipality only if the two coordinates change"
        ' places. Set axes = "{axes}" for the source {source} in problembild.toml, or correct the file.'
    ),
    "date_order_undecided": (
        "{file}, row {row}, column {column}: {value} may be {first} or {second}."
        ' Set date_order ("dmy", "mdy" or "ymd") for the source {source} in problembild.toml.'
    ),
    "date_order_contrary": (
        "{file}, row {row}, column {column}: {value} is not written like {first}, as the mapping or the other"
        " rows are, but like {second}. Correct the row, or set date_order for the source {source} in"
        " problembild.toml."
    ),
    "decimal_undecided": (
        "{file}, row {row}, column {column}: {value} may be {whole}, or {part} and three decimals. Set"
        ' decimal for the source {source} in problembild.toml: "{other}" if it is {whole}, else "{sign}".'
    ),
    "share_undecided": (
        "{file}, column {column}: nothing but 0 and 1, so shares and per cent can't be told apart."
        " Set unit to share or percent in the mapping."
    ),
    "locked_no_key": (
        "{file} is locked, and there is no key. Set PROBLEMBILD_INBOX_KEY_FILE to the file that holds it."
    ),
    "locked_source_renamed": (
        "{file} is locked, and there is no key. The source {before} imported it; the source {source} has no"
        " rows of it. Give the source back its name {before} in problembild.toml, or set"
        " PROBLEMBILD_INBOX_KEY_FILE to the file that holds the key."
    ),
    "locked_other_key": "{file} was locked with another key. Set PROBLEMBILD_INBOX_KEY_FILE to that one.",
    "locked_damaged": "{file} is locked and damaged. Put a backup of it in its place.",
    "geometry_missing": (
        "{file} has no geometry, which the mapping {mapping} needs. Export it with its points or shapes."
    ),
    "describe_format": (
        "{file}: no reader takes files that end with {format}. Known: {known}. Save it as one of these."
    ),
    "describe_known": (
        "{file}: a reader of its own knows such files, so nothing need be proposed. Use the shipped mappings"
        " {mapping} for sources in problembild.toml."
    ),
    "describe_lacking": (
        "{file} looks like {table}, but lacks something that these need: {problem}. Add it to the file, or"
        " write a mapping by hand."
    ),
    "describe_no_time": (
        "{file}: no column says when it happened or was told. Found: {found}. Add a column with the day."
    ),
    "describe_no_place": (
        "{file}: no column says where. Found: {found}."
        " Add coordinates, or a column with the words for the place."
    ),
    "keyed_file_changed": (
        "{file} no longer has the layout that answers are keyed in with ({problem}). Nothing was written."
        " Mend the file, or move it from inbox/inmatning."
    ),
}

PROJECT: dict[str, str] = {
    # Something is wrong with the set-up: the import does not start.
    "mapping_missing": "Source {source}: there is no mapping {mapping}. Shipped: {found}.",
    "mapping_not_toml": "{file} is not valid TOML: {problem}.",
    "mapping_invalid": "{file}: {setting}: {problem} (found {value}).",
    "mapping_code_unknown": "{file}: {setting} = {value}, which is no code. Write one of: {known}.",
    "mapping_exists": (
        "There is a mapping {file} already. Write over it with --again, or give the new one another --name."
    ),
    "mapping_acceptance": (
        "{file}: acceptance row {row}: {column} should be {expected} and became {value}."
        " Mend the mapping or the row."
    ),
    "import_running": (
        "Another import of this workspace (process {process}) has been running since {since}."
        " Wait for it to end, or import with --wait."
    ),
}

REJECTIONS: dict[str, str] = {
    # Something is wrong with one row: it stays out, the good rows come in.
    "row_width": "{file}, row {row}: the row has another number of cells ({value}) than the heading.",
    "value_missing": "{file}, row {row}, column {column}: a value is needed and the cell is empty.",
    "value_unknown": "{file}, row {row}, column {column}: the mapping does not know the value {value}.",
    "value_shape": "{file}, row {row}, column {column}: {value} is not written as the mapping says.",
    "number_unreadable": "{file}, row {row}, column {column}: {value} is not a number.",
    "number_not_whole": "{file}, row {row}, column {column}: {value} is not a whole number.",
    "number_negative": "{file}, row {row}, column {column}: {value} is below zero.",
    "share_impossible": "{file}, row {row}, column {column}: {value} is more than the whole.",
    "hours_unreadable": "{file}, row {row}, column {column}: {value} is no part of the day like 07:30-08:30.",
    "ages_unreadable": "{file}, row {row}, column {column}: {value} is no age or ages like 15-19.",
    "period_backwards": "{file}, row {row}, column {column}: the period ends before it begins ({value}).",
    "date_unreadable": "{file}, row {row}, column {column}: {value} is not a date as the mapping writes it.",
    "date_impossible": "{file}, row {row}, column {column}: there is no such day as {value}.",
    "date_future": "{file}, row {row}, column {column}: {value} has not come yet.",
    "clock_unreadable": "{file}, row {row}, column {column}: {value} is not a time of day.",
    "clock_impossible": "{file}, row {row}, column {column}: there is no such time of day as {value}.",
    "clock_skipped": (
        "{file}, row {row}, column {column}: {value} does not exist that night, when the clocks go forward."
    ),
    "coordinate_unreadable": "{file}, row {row}, column {column}: {value} is not a coordinate.",
    "coordinate_half": "{file}, row {row}, column {column}: one coordinate is given ({value}), not both.",
    "coordinates_zero": "{file}, row {row}, column {column}: the point is {value}, so it was never set.",
    "coordinates_swapped": (
        "{file}, row {row}, column {column}: {value} lies in the municipality"
        " only if the two coordinates change places."
    ),
    "coordinates_outside": "{file}, row {row}, column {column}: {value} lies outside the municipality.",
    "geometry_empty": "{file}, row {row}, column {column}: the feature has no geometry.",
    "geometry_kind": "{file}, row {row}, column {column}: this layer can't hold a {value}.",
    "geometry_broken": "{file}, row {row}, column {column}: the geometry can't be mended ({value}).",
    "shape_not_whole": (
        "{file}, row {row}: {value} does not close, or goes on outside the file. Take a larger extract."
    ),
    "square_off_grid": (
        "{file}, row {row}, column {column}: {value} is not the south-west corner of a square with that side."
    ),
    "id_twice": (
        "{file}, row {row}, column {column}: {value} stands on an earlier row too, with other content."
    ),
}

QUEUE: dict[str, str] = {
    # Something is wrong with what a person says of a phrase or of a link: it is not kept.
    "answer_unclear": "Say one thing of the place: a candidate, a point, or that it can't be told.",
    "link_unknown": "{record} is not linked to {linked_to}. List the links again.",
    "link_not_undone": "Nobody has parted {record} and {linked_to}.",
    "phrase_unknown": "No record says {phrase}. Fetch the queue again.",
    "phrase_unanswered": "Nobody has said where {phrase} is, so there is nothing to withdraw.",
    "choice_unknown": "{phrase} has no such candidate. Fetch the queue again.",
    "point_outside": "The point {longitude}, {latitude} lies outside the municipality. Choose another.",
}

WAITING: dict[str, str] = {
    # Why a record waits for a place.
    "no_words": "The source says nothing of the place.",
    "unknown": "The words name nothing that the layers hold.",
    "ambiguous": "The words fit several places as well.",
    "unsure": "The words fit, but not well enough.",
}

BY_HAND: dict[str, str] = {
    # Something is wrong with what a person keys in or sends to the inbox: nothing is written.
    "keyed_missing": "Fill this in.",
    "keyed_code": "{value} can't be a code. Use letters A–Ö, digits and hyphens, at most 20.",
    "keyed_too_long": "At most {most} characters, this is {found}.",
    "keyed_day_future": "{value} has not come yet.",
    "keyed_count": "{value} is not a number of people. Write a whole number, zero or more.",
    "keyed_returned": "{returned} can't have come back when {handed_out} were handed out.",
    "keyed_choice": "There is no choice {value}.",
    "keyed_point_half": "Only one of two coordinates is given. Point at the map again.",
    "keyed_point_outside": "The point lies outside the municipality. Point at the map again.",
    "keyed_nothing": "The answer says nothing. Tick a problem, or write a comment or a proposal.",
    "keyed_taken": "There is a round {value} already. Choose it in the list, or give yours another code.",
    "keyed_no_batch": "There is no round {batch}. Open it first.",
    "keyed_no_answer": "Round {batch} has no answer {number}. Someone may have removed it.",
    "keyed_busy": "Somebody else is writing in inbox/{folder}. Wait a little and save again.",
    "upload_name": "{file} can't be the name of a file. Give it another, of at most {most} characters.",
    "upload_taken": "There is a file {file} in the inbox already. Give yours another name, or replace it.",
    "upload_name_used": "A file {file} is imported, and its rows are kept though it is locked or removed."
    " Give yours another name, or let the rows go first with problembild forget {file}.",
    "upload_too_large": "{file} is larger than {megabytes} MB. Put it into the folder inbox by hand.",
    "upload_empty": "{file} is empty. Save it again and send it once more.",
}

STEPS: dict[str, str] = {
    # What the import is doing now: the first argument of Progress.
    "fetch_ask": "Asking services",
    "import_read": "Reading files",
    "import_locate": "Understanding words for places",
    "import_merge": "Linking records of one event",
    "import_snap": "Joining records to streets",
    "import_publish": "Publishing",
    "import_places": "Looking for places",
}

CODES: dict[str, str] = {
    **{f"errors.{code}": sentence for code, sentence in (FAULTS | PROJECT | QUEUE | BY_HAND).items()},
    **{f"errors.{code}": sentence for code, sentence in SERVICE.items()},
    **{f"rejections.{code}": sentence for code, sentence in REJECTIONS.items()},
    **{f"waiting.{code}": sentence for code, sentence in WAITING.items()},
    **{f"said.{code}": sentence for code, sentence in SAID.items()},
    **{f"reasons.{code}": sentence for code, sentence in REASONS.items()},
    **{f"steps.{code}": sentence for code, sentence in STEPS.items()},
}
"""Catalogue key → English sentence."""
