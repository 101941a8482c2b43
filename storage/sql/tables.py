"""The tables.  Nothing here makes them: `storage/migrations` does, and a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.bounds import LONGEST_NAME

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Name = String(LONGEST_NAME)
Word = String(64)
Number = BigInteger().with_variant(Integer(), "sqlite")
"""Counted up by the database; SQLite does so for INTEGER alone."""

_OWNED = text("owner IS NOT NULL")

records = Table(
    "records",
    metadata,
    Column("number", Number, primary_key=True),
    Column("kind", Word, nullable=False),
    Column("key", Name, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Column("owner", Name),
    Column("created_at", Double, nullable=False),
    UniqueConstraint("kind", "key"),
    Index("ix_records_kind_owner", "kind", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
)
"""Short-lived records.  owner: whom `owned` finds them by."""

counters = Table(
    "counters",
    metadata,
    Column("kind", Word, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("hits", Integer, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Events in a window.  digest: SHA-256 of the key."""

signals = Table(
    "signals",
    metadata,
    Column("number", Number, primary_key=True),
    Column("channel", Name, nullable=False),
    Column("sender", Word, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""Wake-ups for other processes, which read what came after the last number they saw."""

users = Table(
    "users",
    metadata,
    Column("id", Name, primary_key=True),
    Column("username", Text, nullable=False),
    Column("canonical", Name, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("credential_version", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("roles", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("claims", Text, nullable=False),
)
"""People.  roles, groups, claims: JSON."""

used_user_ids = Table("used_user_ids", metadata, Column("id", Name, primary_key=True))
"""Every id a user ever had, so that none comes back."""

user_claims = Table(
    "user_claims",
    metadata,
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""By which claims users are found.  digest: SHA-256 of a claim's name and value."""

associations = Table(
    "associations",
    metadata,
    Column("idp", Name, primary_key=True),
    Column("identifier", Name, primary_key=True),
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Users of providers elsewhere, and who of ours they are."""

setup_links = Table(
    "setup_links",
    metadata,
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("credential_version", Integer, nullable=False),
    Column("expires_at", Double, nullable=False),
    sqlite_with_rowid=False,
)
"""Links by which people set their password once.  digest: SHA-256 of the secret."""

changed_people = Table(
    "changed_people",
    metadata,
    Column("user_id", Name, primary_key=True),
    Column("changes", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""People who were disabled or removed, or have another credential; triggers write it.  changes: how often."""

devices = Table(
    "devices",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Name, nullable=False, unique=True),
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("push_token", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("key_digest", LargeBinary(32), nullable=False, unique=True),
    Column("algorithms", Text, nullable=False),
    Column("typed", Boolean, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("last_used_at", Double),
    Column("unreachable_since", Double),
)
"""Enrolled devices.  algorithms, metadata: JSON; key_digest: SHA-256 of the public key."""

configuration = Table(
    "configuration",
    metadata,
    Column("kind", Word, primary_key=True),
    Column("name", Name, primary_key=True),
    Column("document", Text, nullable=False),
)
"""Applications, flows, libraries, prompts, settings: JSON."""

script_versions = Table(
    "script_versions",
    metadata,
    Column("flow_id", Name, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text),
    Column("script", Text),
)
"""What the script of a flow was.  at, by, why: of the change that made it so."""

configuration_version = Table(
    "configuration_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)
"""One row (id 1) whose number grows with each commit, so that readers know when to read again."""

secrets = Table(
    "secrets",
    metadata,
    Column("name", Name, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""Secrets of the configuration, sealed and bound to their name."""

audit = Table(
    "audit",
    metadata,
    Column("number", Number, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("flow_id", Text, index=True),
    Column("application_id", Text),
    Column("user_id", Text),
    Column("username", Text),
    Column("ip", Text),
    Column("why", Text),
    Column("details", Text, nullable=False),
    Index("ix_audit_at", "at"),
    Index("ix_audit_user_id", "user_id", "at"),
    sqlite_autoincrement=True,
)
"""What happened.  Triggers forbid to change or remove a row."""
