"""The second step at login, its recovery codes, and cards whose sessions can be ended."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'second_step',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('seed', sa.String(length=22), nullable=False),
        sa.Column('step', sa.Integer(), nullable=False),
        sa.Column('set_up_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('codes_made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_second_step_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_second_step')),
        sa.UniqueConstraint('user_id', name=op.f('uq_second_step_user_id')),
    )
    op.create_table(
        'recovery_code',
        sa.Column('second_step_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=200), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['second_step_id'], ['second_step.id'], name=op.f('fk_recovery_code_second_step_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    )
    with op.batch_alter_table('recovery_code') as batch_op:
        batch_op.create_index(
            batch_op.f('ix_recovery_code_second_step_id'), ['second_step_id'], unique=False
        )
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.add_column(
            sa.Column('session_epoch', sa.Integer(), nullable=False, server_default=sa.text('0'))
        )
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.alter_column('session_epoch', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.drop_column('session_epoch')
    op.drop_table('recovery_code')
    op.drop_table('second_step')
