"""Passages that were talked about at an event.

Going back forgets which they were; nothing else rests on it.
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'covered_passage',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('passage_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_covered_passage_by_id')),
        sa.ForeignKeyConstraint(
            ['event_id'], ['event.id'], name=op.f('fk_covered_passage_event_id')
        ),
        sa.ForeignKeyConstraint(
            ['passage_id'], ['passage.id'], name=op.f('fk_covered_passage_passage_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_covered_passage')),
        sa.UniqueConstraint(
            'event_id', 'passage_id', name=op.f('uq_covered_passage_event_id_passage_id')
        ),
    )
    with op.batch_alter_table('covered_passage') as batch_op:
        batch_op.create_index(
            batch_op.f('ix_covered_passage_passage_id'), ['passage_id'], unique=False
        )


def downgrade() -> None:
    op.drop_table('covered_passage')
