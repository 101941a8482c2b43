"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NAME = sa.String(512)
_WORD = sa.String(64)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OWNED = sa.text("owner IS NOT NULL")


def upgrade() -> None:
    """Forward."""
    _state()
    _users()
    _devices()
    _configuration()
    _audit()


def downgrade() -> None:
    """Back."""
    for table in ("devices", "users", "used_user_ids", "signals", "secrets", "records", "counters"):
        op.drop_table(table)
    for table in ("configuration_version", "configuration", "audit"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_is_append_only")


def _state() -> None:
    op.create_table(
        "records",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("key", _NAME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("owner", _NAME),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.UniqueConstraint("kind", "key", name="uq_records_kind_key"),
    )
    op.create_index("ix_records_expires_at", "records", ["expires_at"])
    op.create_index("ix_records_kind_owner", "records", ["kind", "owner"], sqlite_where=_OWNED, postgresql_where=_OWNED)
    op.create_table(
        "counters",
        sa.Column("kind", _WORD, primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counters_expires_at", "counters", ["expires_at"])
    op.create_table(
        "signals",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("channel", _NAME, nullable=False),
        sa.Column("sender", _WORD, nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signals_expires_at", "signals", ["expires_at"])


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("canonical", _NAME, nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.UniqueConstraint("canonical", name="uq_users_canonical"),
    )
    op.create_table("used_user_ids", sa.Column("id", _NAME, primary_key=True))


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("id", _NAME, nullable=False),
        sa.Column(
            "user_id", _NAME, sa.ForeignKey("users.id", name="fk_devices_user_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("push_token", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("algorithms", sa.Text(), nullable=False),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("last_used_at", sa.Double()),
        sa.UniqueConstraint("id", name="uq_devices_id"),
        sa.UniqueConstraint("key_digest", name="uq_devices_key_digest"),
    )
    op.create_index("ix_devices_user_id", "devices", ["user_id"])


def _configuration() -> None:
    op.create_table(
        "configuration",
        sa.Column("kind", _WORD, primary_key=True),
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    version = op.create_table(
        "configuration_version",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.bulk_insert(version, [{"id": 1, "number": 0}])
    op.create_table(
        "secrets",
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("flow_id", sa.Text()),
        sa.Column("application_id", sa.Text()),
        sa.Column("user_id", sa.Text()),
        sa.Column("username", sa.Text()),
        sa.Column("ip", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("details", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_flow_id", "audit", ["flow_id"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
        )
