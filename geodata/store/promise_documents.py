"""Which signed documents belong to which promise; the files lie in the workspace, see ``documents``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.store.document_tables import PROMISE_DOCUMENT
from geodata.store.legible import legible
from geodata.store.work_tables import PROMISE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from geodata.store.documents import KeptDocument

LONGEST_BY, LONGEST_TITLE = 80, 200
MOST_DOCUMENTS = 20
"""Documents of one promise."""


@dataclass(frozen=True, slots=True)
class PromiseDocument:
    """A document of a promise.

    Attributes
    ----------
    title
        What it is, in words; where nobody said so, the name of its file.
    public
        Whether it was confirmed that everybody may see it.
    removed_by, removed_at
        Who took it away, and when (UTC); None while it holds.
    """

    document_id: int
    promise_id: int
    title: str
    digest: str
    media: str
    size: int
    public: bool
    added_by: str
    added_at: datetime
    removed_by: str | None
    removed_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether it has not been taken away."""
        return self.removed_at is None


class PromiseDocuments:
    """Documents of a municipality's promises.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def of(self, promise_id: int) -> tuple[PromiseDocument, ...]:
        """Return the documents that a promise has or has had, newest first."""
        query = (
            select(PROMISE_DOCUMENT)
            .where(
                PROMISE_DOCUMENT.c.municipality_code == self._code,
                PROMISE_DOCUMENT.c.promise_id == promise_id,
            )
            .order_by(PROMISE_DOCUMENT.c.document_id.desc())
        )
        with legible(), self._engine.connect() as connection:
            return tuple(_document(row) for row in connection.execute(query))

    def find(self, document_id: int) -> PromiseDocument:
        """Return a document, also one that was taken away.

        Raises
        ------
        MissingError
            ``no_document``.
        """
        with legible(), self._engine.connect() as connection:
            row = connection.execute(
                select(PROMISE_DOCUMENT).where(
                    PROMISE_DOCUMENT.c.municipality_code == self._code,
                    PROMISE_DOCUMENT.c.document_id == document_id,
                )
            ).one_or_none()
        if row is None:
            raise MissingError("no_document", f"There is no document {document_id}.")
        return _document(row)

    def add(
        self,
        promise_id: int,
        kept: KeptDocument,
        *,
        title: str,
        public: bool,
        by: str,
        there: Callable[[], object] | None = None,
    ) -> int:
        """Keep that a document belongs to a promise, once; return its id.

        Parameters
        ----------
        there
            Sees to it that the file is there while nobody can let go of it; where it raises, nothing is kept.

        Raises
        ------
        MissingError
            ``no_promise``.
        ParameterError
            ``documents_too_many``.
        """
        mine = PROMISE.c.municipality_code == self._code
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if (
                connection.scalar(select(PROMISE.c.key).where(mine, PROMISE.c.promise_id == promise_id))
                is None
            ):
                raise MissingError("no_promise", f"There is no promise {promise_id}.", promise=promise_id)
            if there is not None:
                there()
            held = connection.execute(
                select(PROMISE_DOCUMENT).where(
                    PROMISE_DOCUMENT.c.promise_id == promise_id, PROMISE_DOCUMENT.c.removed_at.is_(None)
                )
            ).all()
            for row in held:
                if row.digest == kept.digest and row.public == public:
                    return int(row.document_id)
            if len(held) >= MOST_DOCUMENTS:
                raise ParameterError(
                    "documents_too_many",
                    f"A promise has at most {MOST_DOCUMENTS} documents.",
                    most=MOST_DOCUMENTS,
                )
            made = connection.execute(
                insert(PROMISE_DOCUMENT)
                .returning(PROMISE_DOCUMENT.c.document_id)
                .values(
                    municipality_code=self._code,
                    promise_id=promise_id,
                    title=title.strip()[:LONGEST_TITLE],
                    digest=kept.digest,
                    media=kept.media,
                    size=kept.size,
                    public=public,
                    added_by=by[:LONGEST_BY],
                    added_at=_now(),
                )
            )
            return int(made.scalar_one())

    def remove(self, document_id: int, *, by: str) -> None:
        """Let a document be shown no longer; that it was there stays written.

        Raises
        ------
        MissingError
            ``no_document``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            done = connection.execute(
                update(PROMISE_DOCUMENT)
                .where(
                    PROMISE_DOCUMENT.c.municipality_code == self._code,
                    PROMISE_DOCUMENT.c.document_id == document_id,
                    PROMISE_DOCUMENT.c.removed_at.is_(None),
                )
                .values(removed_by=by[:LONGEST_BY], removed_at=_now())
            )
            if not done.rowcount:
                raise MissingError("no_document", f"There is no document {document_id}.")

    def let_go(self, digest: str, drop: Callable[[], None]) -> None:
        """Drop a document's file where no document that holds is of it; nobody can add one meanwhile."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if digest not in self._shown(connection):
                drop()

    def _shown(self, connection: Connection) -> frozenset[str]:
        query = select(PROMISE_DOCUMENT.c.digest).where(
            PROMISE_DOCUMENT.c.municipality_code == self._code, PROMISE_DOCUMENT.c.removed_at.is_(None)
        )
        return frozenset(connection.scalars(query))


def _document(row: Row[Any]) -> PromiseDocument:
    return PromiseDocument(
        document_id=row.document_id,
        promise_id=row.promise_id,
        title=row.title,
        digest=row.digest,
        media=row.media,
        size=row.size,
        public=bool(row.public),
        added_by=row.added_by,
        added_at=row.added_at.replace(tzinfo=UTC),
        removed_by=row.removed_by,
        removed_at=None if row.removed_at is None else row.removed_at.replace(tzinfo=UTC),
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
