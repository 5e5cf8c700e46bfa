"""Attempts typed from paper, and people at the door who ask to be let in.

No attempt of before was on paper.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'join_request',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=160), nullable=False),
        sa.Column('unit_name', sa.String(length=160), nullable=False),
        sa.Column('position', sa.String(length=160), nullable=False),
        sa.Column('address_key', sa.String(length=64), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Integer(), nullable=True),
        sa.Column('enrolment_id', sa.Integer(), nullable=True),
        sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            '(settled_at IS NULL) = (settled_by_id IS NULL)',
            name=op.f('ck_join_request_settled_by_somebody'),
        ),
        sa.CheckConstraint(
            'enrolment_id IS NULL OR settled_at IS NOT NULL',
            name=op.f('ck_join_request_admitted_is_settled'),
        ),
        sa.ForeignKeyConstraint(
            ['enrolment_id'], ['enrolment.id'], name=op.f('fk_join_request_enrolment_id')
        ),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_join_request_event_id')),
        sa.ForeignKeyConstraint(
            ['settled_by_id'], ['user.id'], name=op.f('fk_join_request_settled_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_join_request')),
        sa.UniqueConstraint('uid', name=op.f('uq_join_request_uid')),
    )
    op.create_index(op.f('ix_join_request_event_id'), 'join_request', ['event_id'])
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.add_column(sa.Column('typed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('retyped_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_attempt_typed_by_id'), 'user', ['typed_by_id'], ['id']
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_attempt_retyped_by_id'), 'user', ['retyped_by_id'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_attempt_typed_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_attempt_retyped_by_id'), type_='foreignkey')
        batch_op.drop_column('retyped_by_id')
        batch_op.drop_column('typed_by_id')
    op.drop_index(op.f('ix_join_request_event_id'), 'join_request')
    op.drop_table('join_request')
