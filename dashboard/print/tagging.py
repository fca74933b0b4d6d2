"""What PDF/UA-1 asks of the tags beyond what WeasyPrint 70 writes.

ISO 14289-1, 7.5: the headers of a table say whether they head a row or a column; 7.8: what runs at the foot
of each page is an artifact of the paging, and no part of what is read. ISO 32000-1, 14.7.2: names by which
cells of a table know their headers stand in the tree's ``IDTree``; 14.8.5.4: where a figure stands is said in
the page's own units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PT_PER_PX = 0.75
"""CSS says a point in pixels so (CSS Values 3, 6.2)."""


def finish_tags(_: Any, pdf: Any) -> None:
    """Complete the tags of a PDF right before it is written (WeasyPrint's ``finisher``)."""
    objects = {one.reference: one for one in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    read = [objects[one] for first in root["K"] for one in (first, *_below(objects, first))]
    _say_scope(objects, read)
    _say_where(objects, read)
    _say_names(pdf, root, read)
    _set_apart(pdf, objects, root, read)


def _below(objects: dict[bytes, Any], parent: bytes) -> Iterator[bytes]:
    for kid in objects[parent]["K"]:
        # A number is a piece of a page's content, and what is no element is a link's own object.
        if isinstance(kid, bytes) and objects[kid].get("Type") == "/StructElem":
            yield kid
            yield from _below(objects, kid)


def _say_scope(objects: dict[bytes, Any], read: list[Any]) -> None:
    """Say of each header whether it heads its column, as those of the table's head do, or its row."""
    for one in read:
        if one["S"] == "/TH":
            rows = objects[objects[one["P"]]["P"]]
            one["A"]["Scope"] = "/Column" if rows["S"] == "/THead" else "/Row"


def _say_where(objects: dict[bytes, Any], read: list[Any]) -> None:
    """Say where a figure stands in points from the page's lower left corner; CSS counts from above."""
    for one in read:
        if one["S"] == "/Figure":
            left, top, right, bottom = (at * PT_PER_PX for at in one["A"]["BBox"])
            height = objects[one["Pg"]]["MediaBox"][3]
            one["A"]["BBox"][:] = (left, height - bottom, right, height - top)


def _say_names(pdf: Any, root: Any, read: list[Any]) -> None:
    """List the elements that have a name."""
    named = sorted((one for one in read if "ID" in one), key=lambda one: one["ID"].string)
    if named:
        pairs = [item for one in named for item in (one["ID"], one.reference)]
        tree = type(root)({"Names": type(root["K"])(pairs)})
        pdf.add_object(tree)
        root["IDTree"] = tree.reference


def _set_apart(pdf: Any, objects: dict[bytes, Any], root: Any, read: list[Any]) -> None:
    """Mark what no element of the tree holds as an artifact: it runs at the edge of each page."""
    told = {one.reference for one in read}
    nums = objects[root["ParentTree"]]["Nums"]
    for number, page in enumerate(pdf.objects[at] for at in pdf.pages["Kids"][::3]):
        holders = nums[2 * number + 1]
        stray = {mcid for mcid, holder in enumerate(holders) if holder not in told}
        stream = objects[page["Contents"]].stream
        for at, piece in enumerate(stream):
            if isinstance(piece, dict) and piece.get("MCID") in stray:
                stream[at - 1] = "/Artifact"
                stream[at] = type(root)({"Type": "/Pagination", "Subtype": "/Footer"})
        for mcid in stray:
            holders[mcid] = "null"
    for one in objects.values():
        if hasattr(one, "get") and one.get("Type") == "/StructElem" and one.reference not in told:
            one.free = "f"
