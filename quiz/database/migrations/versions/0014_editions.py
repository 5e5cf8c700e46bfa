"""Editions of reports with their frozen figures, and links for heads of units."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

WITHDRAWN_BY_SOMEBODY = '(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)'


def upgrade() -> None:
    op.create_table(
        'edition',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
        sa.Column('published_by_id', sa.Integer(), nullable=False),
        sa.Column('figures', sa.JSON(), nullable=False),
        sa.Column('told', sa.JSON(), nullable=False),
        sa.Column('pools', sa.JSON(), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
        sa.Column('withdraw_reason', sa.String(length=1000), nullable=False),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint(WITHDRAWN_BY_SOMEBODY, name=op.f('ck_edition_withdrawn_by_somebody')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_edition_event_id')),
        sa.ForeignKeyConstraint(
            ['published_by_id'], ['user.id'], name=op.f('fk_edition_published_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['withdrawn_by_id'], ['user.id'], name=op.f('fk_edition_withdrawn_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
        sa.UniqueConstraint('event_id', 'number', name=op.f('uq_edition_event_id_number')),
        sa.UniqueConstraint('uid', name=op.f('uq_edition_uid')),
    )
    op.create_index(op.f('ix_edition_event_id'), 'edition', ['event_id'])
    op.create_table(
        'unit_link',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('token_index', sa.String(length=64), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
        sa.Column('uid', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint(WITHDRAWN_BY_SOMEBODY, name=op.f('ck_unit_link_withdrawn_by_somebody')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_unit_link_event_id')),
        sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_unit_link_made_by_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_link_unit_id')),
        sa.ForeignKeyConstraint(
            ['withdrawn_by_id'], ['user.id'], name=op.f('fk_unit_link_withdrawn_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_link')),
        sa.UniqueConstraint('token_index', name=op.f('uq_unit_link_token_index')),
        sa.UniqueConstraint('uid', name=op.f('uq_unit_link_uid')),
    )
    op.create_index(op.f('ix_unit_link_event_id'), 'unit_link', ['event_id'])


def downgrade() -> None:
    op.drop_table('unit_link')
    op.drop_table('edition')
