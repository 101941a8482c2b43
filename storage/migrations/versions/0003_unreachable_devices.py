"""Devices whose push token is dead are marked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("devices", sa.Column("unreachable_since", sa.Double))


def downgrade() -> None:
    """Back."""
    op.drop_column("devices", "unreachable_since")
