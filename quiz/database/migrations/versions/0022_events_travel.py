"""Events come from other installations, with their card keys and their audit logs.

Going back leaves the events; cards made with a key of another installation open nothing then.
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        'foreign_line',
        sa.Column('chain', sa.String(length=64), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('at', moment, nullable=True),
        sa.Column('actor', sa.String(length=20), nullable=True),
        sa.Column('actor_uid', sa.String(length=32), nullable=True),
        sa.Column('action', sa.String(length=60), nullable=True),
        sa.Column('subject_type', sa.String(length=40), nullable=True),
        sa.Column('subject_uid', sa.String(length=80), nullable=True),
        sa.Column('detail_digest', sa.String(length=64), nullable=True),
        sa.Column('detail', sa.JSON(), nullable=True),
        sa.Column('salt', sa.String(length=32), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_foreign_line')),
        sa.UniqueConstraint('chain', 'number', name=op.f('uq_foreign_line_chain_number')),
    )
    for column in ('digest', 'subject_uid'):
        op.create_index(op.f(f'ix_foreign_line_{column}'), 'foreign_line', [column], unique=False)
    op.create_table(
        'set_aside',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('row', sa.JSON(), nullable=False),
        sa.Column('at', moment, nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_set_aside_event_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_set_aside')),
        sa.UniqueConstraint('event_id', 'digest', name=op.f('uq_set_aside_event_id_digest')),
    )
    op.add_column('enrolment', sa.Column('card_key', sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.drop_column('card_key')
    op.drop_table('set_aside')
    for column in ('subject_uid', 'digest'):
        op.drop_index(op.f(f'ix_foreign_line_{column}'), 'foreign_line')
    op.drop_table('foreign_line')
