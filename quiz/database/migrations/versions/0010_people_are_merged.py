"""Doubles on a roster are merged, and attempts given to whose they were; nobody has been yet."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_enrolment_merged_into_id'), 'enrolment', ['merged_into_id'], ['id']
        )
        batch_op.create_index(batch_op.f('ix_enrolment_merged_into_id'), ['merged_into_id'])
    op.create_table(
        'people_merge',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('kept_id', sa.Integer(), nullable=False),
        sa.Column('absorbed_id', sa.Integer(), nullable=False),
        sa.Column('joined_person_id', sa.Integer(), nullable=True),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_people_merge_event_id')),
        sa.ForeignKeyConstraint(
            ['kept_id'], ['enrolment.id'], name=op.f('fk_people_merge_kept_id')
        ),
        sa.ForeignKeyConstraint(
            ['absorbed_id'], ['enrolment.id'], name=op.f('fk_people_merge_absorbed_id')
        ),
        sa.ForeignKeyConstraint(
            ['joined_person_id'], ['user.id'], name=op.f('fk_people_merge_joined_person_id')
        ),
        sa.ForeignKeyConstraint(
            ['made_by_id'], ['user.id'], name=op.f('fk_people_merge_made_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['undone_by_id'], ['user.id'], name=op.f('fk_people_merge_undone_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_people_merge')),
        sa.UniqueConstraint('uid', name=op.f('uq_people_merge_uid')),
    )
    with op.batch_alter_table('people_merge') as batch_op:
        batch_op.create_index(batch_op.f('ix_people_merge_event_id'), ['event_id'])
        batch_op.create_index(batch_op.f('ix_people_merge_kept_id'), ['kept_id'])
        batch_op.create_index(
            'uq_people_merge_one_in_force',
            ['absorbed_id'],
            unique=True,
            sqlite_where=sa.text('undone_at IS NULL'),
            postgresql_where=sa.text('undone_at IS NULL'),
        )
    op.create_table(
        'attempt_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.Column('attempt_id', sa.Integer(), nullable=False),
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('merge_id', sa.Integer(), nullable=True),
        sa.Column('set_aside', sa.Boolean(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_move_attempt_id')
        ),
        sa.ForeignKeyConstraint(
            ['from_id'], ['enrolment.id'], name=op.f('fk_attempt_move_from_id')
        ),
        sa.ForeignKeyConstraint(['to_id'], ['enrolment.id'], name=op.f('fk_attempt_move_to_id')),
        sa.ForeignKeyConstraint(
            ['merge_id'], ['people_merge.id'], name=op.f('fk_attempt_move_merge_id')
        ),
        sa.ForeignKeyConstraint(
            ['made_by_id'], ['user.id'], name=op.f('fk_attempt_move_made_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['undone_by_id'], ['user.id'], name=op.f('fk_attempt_move_undone_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_move')),
        sa.UniqueConstraint('uid', name=op.f('uq_attempt_move_uid')),
    )
    with op.batch_alter_table('attempt_move') as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_move_attempt_id'), ['attempt_id'])
        batch_op.create_index(batch_op.f('ix_attempt_move_merge_id'), ['merge_id'])


def downgrade() -> None:
    op.drop_table('attempt_move')
    op.drop_table('people_merge')
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_merged_into_id'))
        batch_op.drop_constraint(batch_op.f('fk_enrolment_merged_into_id'), type_='foreignkey')
        batch_op.drop_column('merged_into_id')
