"""Who has been told what is done with personal data, what an event is for, and people's requests.

Events of before were held for building people up. Nobody of before is known to have been told.
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'subject_request',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('enrolment_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('wanted', sa.String(length=160), nullable=False),
        sa.Column('text', sa.String(length=1000), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('granted', sa.Boolean(), nullable=False),
        sa.Column('reply', sa.String(length=1000), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (reply = '')",
            name=op.f('ck_subject_request_answered_in_words'),
        ),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_subject_request_user_id')),
        sa.ForeignKeyConstraint(
            ['enrolment_id'], ['enrolment.id'], name=op.f('fk_subject_request_enrolment_id')
        ),
        sa.ForeignKeyConstraint(
            ['answered_by_id'], ['user.id'], name=op.f('fk_subject_request_answered_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_subject_request')),
        sa.UniqueConstraint('uid', name=op.f('uq_subject_request_uid')),
    )
    for column in ('user_id', 'enrolment_id', 'answered_at'):
        op.create_index(op.f(f'ix_subject_request_{column}'), 'subject_request', [column])
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.add_column(sa.Column('noticed_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(
            sa.Column('purpose', sa.String(12), nullable=False, server_default='pembinaan')
        )
        batch_op.add_column(
            sa.Column('purpose_basis', sa.String(300), nullable=False, server_default='')
        )
    with op.batch_alter_table('event') as batch_op:
        batch_op.alter_column('purpose', server_default=None)
        batch_op.alter_column('purpose_basis', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('purpose_basis')
        batch_op.drop_column('purpose')
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.drop_column('noticed_at')
    op.drop_table('subject_request')
