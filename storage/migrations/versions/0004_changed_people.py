"""People whose proofs may count no more are noted, whoever changes them, until what rests on the proofs has ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NOTE = (
    "INSERT INTO changed_people (user_id, changes) VALUES ({user}, 1) "
    "ON CONFLICT (user_id) DO UPDATE SET changes = changed_people.changes + 1"
)
_OTHER = """NEW.credential_version <> OLD.credential_version OR NEW.enabled <> OLD.enabled
OR (NEW.claims <> OLD.claims AND NEW.claims LIKE '%/identity/account%')"""


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "changed_people",
        sa.Column("user_id", sa.String(512), primary_key=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        changed, gone, device = (_NOTE.format(user=user) for user in ("NEW.id", "OLD.id", "OLD.user_id"))
        op.execute(f"CREATE TRIGGER user_changed AFTER UPDATE ON users WHEN {_OTHER} BEGIN {changed}; END")
        op.execute(f"CREATE TRIGGER user_removed AFTER DELETE ON users BEGIN {gone}; END")
        op.execute(f"CREATE TRIGGER device_removed AFTER DELETE ON devices BEGIN {device}; END")
    else:
        _watch("user_changed", "UPDATE ON users", user="NEW.id", when=f"WHEN ({_OTHER})")
        _watch("user_removed", "DELETE ON users", user="OLD.id")
        _watch("device_removed", "DELETE ON devices", user="OLD.user_id")


def downgrade() -> None:
    """Back."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("user_changed", "user_removed", "device_removed"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, table in (("user_changed", "users"), ("user_removed", "users"), ("device_removed", "devices")):
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION note_{name}")
    op.drop_table("changed_people")


def _watch(name: str, change: str, *, user: str, when: str = "") -> None:
    """A trigger of PostgreSQL that notes whom a change concerns."""
    op.execute(
        f"CREATE FUNCTION note_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_NOTE.format(user=user)}; RETURN NULL; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} AFTER {change} FOR EACH ROW {when} EXECUTE FUNCTION note_{name}()")
