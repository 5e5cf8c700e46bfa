"""What only the activity report of an event says: its number, own grounds, account, obstacles."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'activity_report',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(length=80), nullable=False),
        sa.Column('basis', sa.Text(), nullable=False),
        sa.Column('account', sa.Text(), nullable=False),
        sa.Column('obstacles', sa.Text(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['event_id'], ['event.id'], name=op.f('fk_activity_report_event_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_report')),
        sa.UniqueConstraint('event_id', name=op.f('uq_activity_report_event_id')),
    )


def downgrade() -> None:
    op.drop_table('activity_report')
