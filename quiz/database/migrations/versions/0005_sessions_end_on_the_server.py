"""Sessions end on the server: a session that was left is remembered until its cookie has run out.

Sessions from before carry no name to be remembered by, so everybody logs in once more.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'ended_session',
        sa.Column('sid', sa.String(length=22), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_ended_session')),
        sa.UniqueConstraint('sid', name=op.f('uq_ended_session_sid')),
    )
    op.create_index(op.f('ix_ended_session_ended_at'), 'ended_session', ['ended_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_ended_session_ended_at'), 'ended_session')
    op.drop_table('ended_session')
