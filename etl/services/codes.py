"""Every code that fetching can say, with its English sentence; `etl.codes` lists them with the import's."""

from __future__ import annotations

SERVICE: dict[str, str] = {
    "service_limit": (
        "{service} takes at most {limit} questions an hour, and no more before {next} (UTC)."
        " Run problembild fetch again then; it goes on from where it was."
    ),
    "service_unreachable": (
        "{service} can't be reached: {problem}. Check the network and try again;"
        " what was fetched before stays."
    ),
    "service_failing": (
        "{service} answered {status} again and again, which is a fault of theirs. Try again later;"
        " what was fetched before stays."
    ),
    "service_not_json": (
        "{service} answered with {kind} ({value} bytes) instead of JSON. Try again later;"
        " what was fetched before stays."
    ),
    "service_answer": (
        "{service} answered with something else than was asked for: {problem}. Nothing of it was saved;"
        " what was fetched before stays."
    ),
    "service_refused": (
        "{service} refused {address} with {status}. Correct address for the source in problembild.toml."
    ),
    "service_address": (
        "{address} is not an address that can be asked. Correct address for the source in problembild.toml."
    ),
    "service_no_room": (
        "Source {source}: a new file would not be found by {value}. Set files to a pattern with *,"
        " such as inbox/{source}/*.json."
    ),
    "fetch_unknown": "There is no source {source} that can be fetched. There are: {found}.",
    "fetch_none": (
        "No source in problembild.toml has a mapping whose data can be fetched. Those are: {found}."
    ),
}
