"""What the dashboard is started with, from the command line or the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Settings(BaseSettings):
    """Settings of one dashboard.

    Attributes
    ----------
    workspace
        The municipality's folder.
    sign_in
        Whether people sign in; else the server is open, to this machine alone.
    tls
        Whether browsers reach it by https alone.
    names
        The names and addresses that the server answers to; ``*.kommun.se`` stands for one part.
    password_memory_kib, password_passes
        What hashing a password costs: RFC 9106's second choice.
    """

    model_config = SettingsConfigDict(env_prefix="PROBLEMBILD_", frozen=True)

    workspace: Path
    sign_in: bool = False
    tls: bool = False
    names: frozenset[str] = LOOPBACK_NAMES
    password_memory_kib: int = Field(default=65_536, ge=32)
    password_passes: int = Field(default=3, ge=1)

    @model_validator(mode="after")
    def _never_open_beyond_this_machine(self) -> Self:
        if not self.names <= LOOPBACK_NAMES and not (self.sign_in and self.tls):
            raise ValueError("beyond this machine a dashboard is served with sign-in and TLS, or not at all")
        return self
