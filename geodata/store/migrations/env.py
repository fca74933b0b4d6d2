"""Runs the migrations on the connection that the register hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from geodata.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
