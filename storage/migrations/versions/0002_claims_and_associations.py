"""Users are found by their claims; users of providers elsewhere are users of ours."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NAME = sa.String(512)


def upgrade() -> None:
    """Forward."""
    entries = op.create_table(
        "user_claims",
        sa.Column("user_id", _NAME, _user("user_claims"), primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_user_claims_digest", "user_claims", ["digest"])
    op.create_table(
        "associations",
        sa.Column("idp", _NAME, primary_key=True),
        sa.Column("identifier", _NAME, primary_key=True),
        sa.Column("user_id", _NAME, _user("associations"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_associations_user_id", "associations", ["user_id"])
    _fill(entries)


def downgrade() -> None:
    """Back."""
    op.drop_table("associations")
    op.drop_table("user_claims")


def _user(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("users.id", name=f"fk_{table}_user_id", ondelete="CASCADE")


def _fill(entries: sa.Table) -> None:
    """The claims of the users who are there.  A row that cannot be read has none, as everywhere."""
    users = sa.table("users", sa.column("id", sa.String), sa.column("claims", sa.Text))
    for user_id, text in op.get_bind().execute(sa.select(users.c.id, users.c.claims)).all():
        digests = {_digest(uri, value) for uri, value in _claims(text).items()}
        if digests:
            op.bulk_insert(entries, [{"user_id": user_id, "digest": digest} for digest in digests])


def _claims(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def _digest(uri: str, value: str) -> bytes:
    return hashlib.sha256(f"{uri}\0{value}".encode("utf-8", "surrogatepass")).digest()
