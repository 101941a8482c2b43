"""Links by which people set their password once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_USER = sa.ForeignKey("users.id", name="fk_setup_links_user_id", ondelete="CASCADE")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "setup_links",
        sa.Column("user_id", sa.String(512), _USER, primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.UniqueConstraint("digest", name="uq_setup_links_digest"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("setup_links")
