"""Settings of a server: from the environment (`DOORSTEP_...`) and a file, each checked before anything starts.

A value from the environment wins over the file.  What is unknown, unusable or unsafe is refused, all at once.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from configuration.problems import ConfigurationErrors
from configuration.reading import read
from storage.urls import MemoryUrl, PostgresUrl, RedisUrl, SqliteUrl, parsed_state_url, parsed_url
from web.site import UnsafeSite, site_of

PREFIX = "DOORSTEP_"
CONFIG_VARIABLE = "DOORSTEP_CONFIG"
"""Names the settings file, as `--config` does."""
ISSUER_VARIABLE = "DOORSTEP_ISSUER"
DEFAULT_DATABASE = "sqlite:///data/doorstep.db"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine for itself."""


class BadSettings(Exception):
    """The server must not start with these settings.  lines: one for each, with its name and why."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _refuse(text: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{text}", {"text": text})


def _issuer(text: str) -> str:
    try:
        return site_of(text).origin
    except UnsafeSite as error:
        raise _refuse(str(error)) from None


def _database(text: str) -> str:
    try:
        parsed_url(text, setting="DATABASE_URL")
    except ValueError as error:
        raise _refuse(str(error).removeprefix("DATABASE_URL: ")) from None
    return text


def _state(text: str) -> str:
    try:
        parsed_state_url(text)
    except ValueError as error:
        raise _refuse(str(error).removeprefix("STATE_URL: ")) from None
    return text


def _proxy(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        raise _refuse(f"{text!r} is not an address or a network like 10.0.0.0/8") from None
    if network.prefixlen == 0:
        raise _refuse(f"{text} would believe every client's word about its own address; name your proxies")
    return str(network)


def _stand_in(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or parts.path not in {"", "/"} or parts.query or "@" in parts.netloc:
        raise _refuse("is not scheme, host and port alone, e.g. http://127.0.0.1:9000")
    _loopback(parts.hostname)
    return text.rstrip("/")


def _stand_in_host(text: str) -> str:
    parts = urlsplit(f"//{text}")
    if parts.netloc != text or not _has_port(text):
        raise _refuse(f"{text!r} is not host:port")
    _loopback(parts.hostname)
    return text


def _loopback(host: str | None) -> None:
    if host not in LOOPBACK:
        raise _refuse(f"{host} is not this machine; stand-ins for Google are for tests on loopback only")


def _host(text: str) -> str:
    if urlsplit(f"//{text}").netloc != text or "@" in text or not urlsplit(f"//{text}").hostname:
        raise _refuse(f"{text!r} is not a host or host:port")
    return text


def _has_port(text: str) -> bool:
    try:
        return urlsplit(f"//{text}").port is not None
    except ValueError:
        return False


def _separated(value: Any) -> Any:
    """A comma-separated text as a list; a list from a file stays one."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Separated = Annotated[list[str], NoDecode, BeforeValidator(_separated)]


class Settings(BaseSettings):
    """What a server is started with.

    issuer: its public address; None means http://localhost with the port it listens on.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    database_url: Annotated[str, AfterValidator(_database)] = DEFAULT_DATABASE
    state_url: Annotated[str, AfterValidator(_state)] | None = None
    secret_key_file: Path | None = None
    trusted_proxies: Annotated[list[Annotated[str, AfterValidator(_proxy)]], NoDecode, BeforeValidator(_separated)] = (
        Field(default_factory=list)
    )
    fcm_endpoint: Annotated[str, AfterValidator(_stand_in)] | None = None
    fcm_token_hosts: Annotated[
        list[Annotated[str, AfterValidator(_stand_in_host)]], NoDecode, BeforeValidator(_separated)
    ] = Field(default_factory=list)
    geo_database: Path | None = None
    log_format: Literal["text", "json"] = "text"
    admin_host: Annotated[str, AfterValidator(_host)] | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether everything is kept on this machine, so that a missing key may be made on the first start."""
        stores = map(parsed_state_url, (self.database_url, self.state_url or self.database_url))
        return not any(isinstance(store, RedisUrl | PostgresUrl) for store in stores)

    @property
    def key_file(self) -> Path:
        """Where the secret key lies: as set, else beside the embedded database, else in the working folder."""
        if self.secret_key_file is not None:
            return self.secret_key_file
        match parsed_url(self.database_url, setting="DATABASE_URL"):
            case SqliteUrl(path):
                return path.with_name("secret.key")
            case MemoryUrl() | PostgresUrl():
                return Path("secret.key")

    def listening(self, host: str, port: int) -> Self:
        """The same with an issuer, for a server that listens there.  Raises BadSettings if that is not safe."""
        issuer = self.issuer or f"http://localhost:{port}"
        if host not in LOOPBACK and issuer.startswith("http:"):
            why = "is not set, so it" if self.issuer is None else f"is {issuer}, which"
            text = f"{why} means this machine only, but --host {host} lets others in; set it to your https address"
            raise BadSettings([f"{ISSUER_VARIABLE} {text}"])
        if self.admin_host is not None and issuer.startswith("https:"):
            public, admin = (urlsplit(f"//{name}").hostname for name in (urlsplit(issuer).netloc, self.admin_host))
            if admin == public:
                raise BadSettings([f"{PREFIX}ADMIN_HOST is the public host; name one that only your network reaches"])
        return self.model_copy(update={"issuer": issuer})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what `load` read from the file."""
        return env_settings, init_settings


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a value came from, for messages."""

    file: Path | None
    from_file: Mapping[str, Any]

    def name(self, field: str) -> str:
        variable = PREFIX + field.upper()
        if variable in os.environ or field not in self.from_file:
            return variable
        return f"{self.file}: {field}"


def load(file: Path | None = None) -> Settings:
    """The settings of the environment and of *file* (YAML, JSON or TOML), or of the one in DOORSTEP_CONFIG.

    Raises BadSettings.
    """
    variables = {name.upper(): value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}
    named = variables.pop(CONFIG_VARIABLE, None)
    file = file or (Path(named) if named else None)
    values = _from_file(file) if file is not None else {}
    lines = [_unknown(name, name.removeprefix(PREFIX)) for name in variables if not _is_setting(name, PREFIX)]
    lines += [_unknown(f"{file}: {name}", name.upper()) for name in values if name not in Settings.model_fields]
    if lines:
        raise BadSettings(lines)
    try:
        return Settings(**values)
    except ValidationError as error:
        source = _Source(file, values)
        raise BadSettings([_line(one["loc"], one["msg"], source) for one in error.errors()]) from None


def _is_setting(variable: str, prefix: str) -> bool:
    return variable.removeprefix(prefix).lower() in Settings.model_fields


def _unknown(shown: str, name: str) -> str:
    known = [field.upper() for field in Settings.model_fields]
    close = difflib.get_close_matches(name, known, n=1)
    hint = f" (did you mean {close[0]}?)" if close else f"; there are {', '.join(known)}"
    return f"{shown} is not a setting{hint}"


def _line(loc: tuple[int | str, ...], message: str, source: _Source) -> str:
    message = message.removeprefix("Value error, ")
    return f"{source.name(str(loc[0]))} {message[:1].lower() + message[1:] if message.startswith('Input') else message}"


def _from_file(file: Path) -> dict[str, Any]:
    """The values of a settings file, by field name."""
    values = _toml(file) if file.suffix.lower() == ".toml" else _yaml_or_json(file)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise BadSettings([f"{file}: settings are names with values, e.g. issuer: https://id.example.test"])
    if {"applications", "flows", "users"} & values.keys():
        raise BadSettings(
            [f"{file} is a configuration, not settings of the server; load it with: doorstep apply {file}"]
        )
    found: dict[str, Any] = {}
    for name, value in values.items():
        field = name.lower().removeprefix(PREFIX.lower())
        if field in found:
            raise BadSettings([f"{file}: {field} stands twice"])
        found[field] = value
    return found


def _toml(file: Path) -> Any:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings([f"{file} cannot be read: {error}"]) from None


def _yaml_or_json(file: Path) -> Any:
    try:
        return read(file).value
    except ConfigurationErrors as errors:
        raise BadSettings([str(problem) for problem in errors.problems]) from None
