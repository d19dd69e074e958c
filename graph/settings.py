"""Every setting and limit, in one place; ``docs/settings.md`` is made from this class."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_STORE = "theorygraph.kgl"
_HOST = r"^(\*|\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.:-]+)$"
"""A host, with a port or without; no address with `https://`, and no `*` within a name."""


def _below(path: str) -> str:
    """A path that begins with `/` and ends without one; the root is the empty text."""
    path = path.rstrip("/")
    if not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*", path):
        raise ValueError(f"{path!r} is no path such as /reviews/graph")
    return path


class Settings(BaseSettings):
    """Settings of theorygraph; each is read from the environment as ``THEORYGRAPH_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="THEORYGRAPH_", extra="ignore")

    store: str = Field(
        default=DEFAULT_STORE,
        description="Where the graph is kept: a path (embedded store) or a URL "
        "(`neo4j://host:7687`, `bolt://…`, and the encrypted `neo4j+s://`, `bolt+s://`).",
    )
    store_user: str = Field(default="neo4j", description="User name at a Neo4j store.")
    store_password: SecretStr | None = Field(default=None, description="Password at a Neo4j store.")
    store_password_file: Path | None = Field(
        default=None, description="A file that holds the password, for container secrets."
    )
    store_database: str = Field(default="neo4j", description="Database at a Neo4j store.")
    connect_seconds: float = Field(
        default=5.0, gt=0, le=300, description="How long to try to reach a Neo4j store."
    )
    retry_seconds: float = Field(
        default=10.0, ge=0, le=300, description="How long the driver repeats what may be retried."
    )
    query_seconds: float = Field(
        default=30.0, gt=0, le=3600, description="Time limit of one query."
    )
    max_rows: int = Field(
        default=1_000_000,
        ge=1,
        le=100_000_000,
        description="Rows that one query of a question may bring, at most; a load is not bounded.",
    )
    transaction_mb: int | None = Field(
        default=None,
        ge=1,
        le=10_000_000,
        description="Memory that one transaction of a Neo4j store may need, at most (MiB); a load "
        "or removal that needs more is made in several. By default three quarters of what the "
        "server says that it gives to transactions.",
    )
    batch_rows: int = Field(default=1000, ge=1, le=100_000, description="Rows per write batch.")
    max_file_mb: int = Field(
        default=100, ge=1, le=4096, description="Size of one file that is loaded, at most (MiB)."
    )
    max_upload_mb: int = Field(
        default=20, ge=1, le=1024, description="Size of an upload to POST /loads, at most (MiB)."
    )
    read_memory_mb: int = Field(
        default=1280,
        ge=64,
        le=1_000_000,
        description="Memory for reading the files of one load or check, or one text of "
        "`verify-quotes`, at most (MiB). They are read in a process of its own by the commands and "
        "by `serve`; called from Python, reading happens where it is called, without the limits of "
        "memory and time.",
    )
    read_cpu_seconds: int = Field(
        default=15,
        ge=1,
        le=86_400,
        description="Processor time for reading them, at most, and one second more for each 4 MiB "
        "of files; four times as much for a PDF.",
    )
    read_seconds: int = Field(
        default=60,
        ge=1,
        le=86_400,
        description="Time for reading them by the clock, at most, and one second more for each MiB "
        "of files; four times as long for a PDF.",
    )
    reads_at_once: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Uploads that `serve` reads at once, each in a process of its own; others wait "
        "their turn.",
    )
    max_unpacked_mb: int = Field(
        default=300,
        ge=1,
        le=65_536,
        description="What the archives and workbooks of one load unpack to together, at most "
        "(MiB).",
    )
    max_load_files: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="Files of one load, those in zips and folders included, at most.",
    )
    max_load_rows: int = Field(
        default=500_000,
        ge=1,
        le=100_000_000,
        description="Rows of one load, at most; a record of a reference file comes to two.",
    )
    max_load_text: int = Field(
        default=500,
        ge=1,
        le=1_000_000,
        description="Text in the rows and records of one load, at most (million characters).",
    )
    max_problems_kept: int = Field(
        default=50_000,
        ge=1,
        le=10_000_000,
        description="Problems that are looked for in one load, at most; with more, the first are "
        "told and the files are refused.",
    )
    max_backup_mb: int = Field(
        default=2048, ge=1, le=65_536, description="Size of a backup sent to POST /restore (MiB)."
    )
    max_problems: int = Field(
        default=1000, ge=1, le=100_000, description="Problems listed one by one, at most."
    )
    max_map_nodes: int = Field(
        default=20_000, ge=10, le=200_000, description="Nodes drawn on one map, at most."
    )
    max_cell_pages: int = Field(
        default=2000,
        ge=0,
        le=1_000_000,
        description="Gap cells by perspective, kind of source or setting, of one review and "
        "dimension, that `publish` writes a page for, at most; cells by level always have one.",
    )
    max_pair_pages: int = Field(
        default=100,
        ge=0,
        le=100_000,
        description="Pairs of reviews that `publish` compares, at most; of more, none.",
    )
    token: SecretStr | None = Field(
        default=None,
        description="Token for writing over HTTP; without one the server only reads.",
    )
    hosts: list[Annotated[str, StringConstraints(pattern=_HOST)]] = Field(
        default=[],
        description='Names by which readers reach the server, as `["graph.example.org"]`, beside '
        "those of this machine itself (`localhost`, `127.0.0.1`, `[::1]`) and the address that "
        "`serve --host` names; any other gets 421, so that no page elsewhere reads the graph by a "
        'name of its own. `["*"]` allows all, behind a proxy that checks.',
    )
    root_path: Annotated[str, AfterValidator(_below)] = Field(
        default="",
        description="Path below which a proxy shows the server, as `/reviews/graph`; every link "
        "and address stays below it, whether the proxy takes it off or leaves it.",
    )
    cors_origins: list[str] = Field(
        default=[], description="Origins that may read the API from a browser; none by default."
    )
    frame_ancestors: str = Field(
        default="'self'",
        pattern=r"^[A-Za-z0-9'*:/._ -]+$",
        description="Who may show the views for frames (`?embed=1`) in a page of theirs, as a "
        "content policy names them; by default this server alone.",
    )
    cache_mb: int = Field(
        default=32,
        ge=0,
        le=4096,
        description="Memory for answers that the server keeps until a load changes the graph, at "
        "most (MiB); 0 keeps none.",
    )
    mcp_answer_kb: int = Field(
        default=64,
        ge=4,
        le=10_000,
        description="Size of an answer over MCP, at most (thousand characters); lists come in "
        "shorter pages to keep to it.",
    )
    access_log: bool = Field(
        default=False, description="Whether `serve` logs each request, as JSON, on standard error."
    )

    def password(self) -> str | None:
        """The store's password, from the variable or the secret file.

        Raises:
            OSError: the secret file cannot be read.
        """
        if self.store_password is not None:
            return self.store_password.get_secret_value()
        if self.store_password_file is not None:
            return self.store_password_file.read_text(encoding="utf-8").strip()
        return None

    def with_store(self, store: str | None) -> Settings:
        """The same settings with another store, if one is named."""
        return self if store is None else self.model_copy(update={"store": store})


@cache
def settings(**given: Any) -> Settings:
    """The settings of this process, read once."""
    return Settings(**given)
