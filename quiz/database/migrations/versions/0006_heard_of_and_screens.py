"""When a phone was last heard of, and the projector page of an event.

What was heard before is told by the responses themselves; no event has a projector page yet.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.add_column(sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(
            sa.Column('screen_issue', sa.Integer(), nullable=False, server_default=sa.text('0'))
        )
        batch_op.add_column(sa.Column('screen_index', sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_event_screen_index'), ['screen_index'])
    with op.batch_alter_table('event') as batch_op:
        batch_op.alter_column('screen_issue', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_event_screen_index'), type_='unique')
        batch_op.drop_column('screen_index')
        batch_op.drop_column('screen_issue')
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.drop_column('heard_at')
