"""Scripts are kept in all their versions, and events are found by time and user."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    versions = op.create_table(
        "script_versions",
        sa.Column("flow_id", sa.String(512), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("script", sa.Text),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_user_id", "audit", ["user_id", "at"])
    _fill(versions)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_audit_user_id", "audit")
    op.drop_index("ix_audit_at", "audit")
    op.drop_table("script_versions")


def _fill(versions: sa.Table) -> None:
    """The scripts that are there are the first version of themselves."""
    configuration = sa.table("configuration", *(sa.column(name, sa.String) for name in ("kind", "name", "document")))
    flows = sa.select(configuration.c.name, configuration.c.document).where(configuration.c.kind == "flow")
    for flow_id, text in op.get_bind().execute(flows).all():
        script = _script(text)
        if script is not None:
            row = {"flow_id": flow_id, "number": 1, "at": 0.0, "by": "an older release", "script": script}
            op.bulk_insert(versions, [row])


def _script(text: str) -> str | None:
    try:
        script = json.loads(text)["script"]
    except (ValueError, KeyError, TypeError):
        return None
    return script if isinstance(script, str) else None
