"""What the dashboard is started with, from the command line or the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one dashboard.

    Attributes
    ----------
    workspace
        The municipality's folder.
    """

    model_config = SettingsConfigDict(env_prefix="PROBLEMBILD_", frozen=True)

    workspace: Path
