"""Every setting, read from the environment (`DATELINE_...`) and from nowhere else."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how hard to work; each field is the environment variable `DATELINE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True)

    data: Path = Field(PROJECT / "data", description="Folder of everything Dateline keeps")
    lake: str | None = Field(None, description="The lake: a folder or s3://bucket/prefix; without it, `lake` in `data`")
    sql: Path = Field(PROJECT / "sql", description="Folder of the SQL models, checks, macros and cookbook")
    model: str = Field("en_core_web_md", description="spaCy pipeline: the packaged md model, or any installed one")
    workers: int = Field(2, ge=1, description="Processes that clean and extract on this machine")
    engine: Literal["local", "ray"] = Field("local", description="Where they run: on this machine or a Ray cluster")
    ray_address: str | None = Field(
        None,
        validation_alias=AliasChoices("DATELINE_RAY_ADDRESS", "RAY_ADDRESS"),
        description="The cluster: host:port, ray://host:port, or auto for the one that this machine is a node of",
    )
    postgres_url: str | None = Field(None, description="PostgreSQL database of Dagster's instance; SQLite without it")
    clean_seconds: float = Field(30.0, gt=0, description="A document that takes longer to clean is rejected")
    clean_megabytes: int = Field(2048, ge=256, description="Memory that one cleaning process may take")
    shard_rows: int = Field(500, ge=1, description="Most captures in one shard")
    shard_megabytes: int = Field(64, ge=1, description="Most captured bytes in one shard")
    capture_megabytes: int = Field(50, ge=1, description="A larger document is kept as a reject with its reason")
    fields: dict[str, str] = Field(
        {}, description='What an export calls its fields, as JSON: {"text": "artikel", "publisher": "von.blatt"}'
    )
    sources: Path | None = Field(None, description="The file of what is watched; sources.toml in `data` if not given")
    contact: str = Field(
        "", pattern=r"^[ -~]*$", description="Address or mailbox of who runs this, told to the hosts fetched from"
    )
    fetch_seconds: float = Field(
        30.0, gt=0, description="A whole answer that takes longer, redirects included, is given up"
    )
    fetch_megabytes: int = Field(20, ge=1, description="A larger answer, packed or unpacked, is given up")
    fetch_hosts: int = Field(8, ge=1, description="Hosts that are fetched from at once")
    fetch_connections: int = Field(1, ge=1, description="Connections to one host at once")
    fetch_run_seconds: float = Field(900.0, gt=0, description="After so long a run fetches no more; the rest waits")
    generations: int = Field(3, ge=1, description="Published warehouses to keep")

    @property
    def copies(self) -> Path:
        """Local copies of what is read of a lake in a bucket; they can be removed at any time."""
        return self.data / "copies"

    @property
    def decisions(self) -> Path:
        """What people have decided about entities, an append-only CSV file."""
        return self.data / "decisions.csv"

    @property
    def briefs(self) -> Path:
        """The briefs of the newest days, an HTML file each."""
        return self.data / "briefs"

    @property
    def sources_file(self) -> Path:
        """What is watched: feeds, sitemaps and pages."""
        return self.sources or self.data / "sources.toml"

    @property
    def robots(self) -> Path:
        """Copies of robots.txt, kept a day; they can be deleted."""
        return self.data / "robots"

    @property
    def inbox(self) -> Path:
        """Folder that the sensor watches; what is taken in moves to `taken`."""
        return self.data / "inbox"

    @property
    def taken(self) -> Path:
        """Where files of the inbox go once they are captured."""
        return self.data / "taken"

    @property
    def warehouse(self) -> Path:
        """Folder of the warehouse's generations."""
        return self.data / "warehouse"

    @property
    def published(self) -> Path:
        """The symbolic link that readers open."""
        return self.warehouse / "warehouse.duckdb"


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
