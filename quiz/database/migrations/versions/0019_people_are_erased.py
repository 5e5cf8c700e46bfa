"""People of old events are erased, and what they chose is kept without them.

An installation that already holds events has two weeks to look before the first of them goes.
Going back brings nobody back, and forgets which events were erased and what was kept of them; lines
of the audit log written meanwhile lose the salt they are checked with.
"""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

SETTING = sa.table('setting', sa.column('key', sa.String), sa.column('value', sa.Text))


def upgrade() -> None:
    op.create_table(
        'erasure',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('invited', sa.Integer(), nullable=False),
        sa.Column('attended', sa.Integer(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('unit_ids', sa.JSON(), nullable=False),
        sa.Column('told', sa.JSON(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_erasure_by_id')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_erasure_event_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
        sa.UniqueConstraint('event_id', name=op.f('uq_erasure_event_id')),
    )
    op.create_table(
        'unnamed_attempt',
        sa.Column('sitting_id', sa.Integer(), nullable=False),
        sa.Column('kind_name', sa.String(length=120), nullable=True),
        sa.Column('status', sa.String(length=24), nullable=True),
        sa.Column('given', sa.JSON(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['sitting_id'], ['sitting.id'], name=op.f('fk_unnamed_attempt_sitting_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_unnamed_attempt')),
    )
    op.create_index(
        op.f('ix_unnamed_attempt_sitting_id'), 'unnamed_attempt', ['sitting_id'], unique=False
    )
    moment = sa.DateTime(timezone=True)
    op.add_column('event', sa.Column('keep_until', moment, nullable=True))
    op.add_column('event', sa.Column('keep_reason', sa.String(length=400), nullable=True))
    op.add_column('event', sa.Column('erased_at', moment, nullable=True))
    op.add_column('user', sa.Column('erased_at', moment, nullable=True))
    op.add_column('audit_detail', sa.Column('salt', sa.String(length=32), nullable=True))
    if op.get_bind().scalar(sa.text('SELECT 1 FROM event LIMIT 1')):
        since = (datetime.now(UTC) + timedelta(days=14)).isoformat()
        told = json.dumps({'days': 90, 'not_before': since})
        op.bulk_insert(SETTING, [{'key': 'retention', 'value': told}])


def downgrade() -> None:
    op.execute(SETTING.delete().where(SETTING.c.key == 'retention'))
    with op.batch_alter_table('audit_detail') as batch_op:
        batch_op.drop_column('salt')
    with op.batch_alter_table('user') as batch_op:
        batch_op.drop_column('erased_at')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('erased_at')
        batch_op.drop_column('keep_reason')
        batch_op.drop_column('keep_until')
    op.drop_index(op.f('ix_unnamed_attempt_sitting_id'), 'unnamed_attempt')
    op.drop_table('unnamed_attempt')
    op.drop_table('erasure')
