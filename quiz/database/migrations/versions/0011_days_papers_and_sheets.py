"""Days on which somebody was there, the berita acara, and sheets about an event.

Whoever was checked in was there on the day of the event nearest to that moment.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

ZONE = ZoneInfo('Asia/Makassar')

ENROLMENT = sa.table(
    'enrolment',
    sa.column('id', sa.Integer),
    sa.column('event_id', sa.Integer),
    sa.column('checked_in_at', sa.DateTime(timezone=True)),
)
EVENT = sa.table(
    'event',
    sa.column('id', sa.Integer),
    sa.column('starts_at', sa.DateTime(timezone=True)),
    sa.column('ends_at', sa.DateTime(timezone=True)),
)
PRESENCE = sa.table(
    'presence',
    sa.column('enrolment_id', sa.Integer),
    sa.column('day', sa.Date),
    sa.column('at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        'presence',
        sa.Column('enrolment_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['enrolment_id'], ['enrolment.id'], name=op.f('fk_presence_enrolment_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_presence')),
        sa.UniqueConstraint('enrolment_id', 'day', name=op.f('uq_presence_enrolment_id_day')),
    )
    op.create_table(
        'event_minutes',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(length=80), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('place', sa.String(length=200), nullable=False),
        sa.Column('signed_in', sa.String(length=80), nullable=False),
        sa.Column('remarks', sa.Text(), nullable=False),
        sa.Column('signatories', sa.JSON(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['event_id'], ['event.id'], name=op.f('fk_event_minutes_event_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_event_minutes')),
        sa.UniqueConstraint('event_id', name=op.f('uq_event_minutes_event_id')),
    )
    op.create_table(
        'evaluation_box',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('read', sa.JSON(), nullable=False),
        sa.Column('sealed', sa.JSON(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['event_id'], ['event.id'], name=op.f('fk_evaluation_box_event_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_box')),
        sa.UniqueConstraint('event_id', name=op.f('uq_evaluation_box_event_id')),
    )
    for table, column, value in (
        ('event', 'evaluates', sa.true()),
        ('enrolment', 'evaluated', sa.false()),
    ):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column(column, sa.Boolean(), nullable=False, server_default=value)
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, server_default=None)
    _days_of_before()


def _days_of_before() -> None:
    rows = op.get_bind().execute(
        sa.select(
            ENROLMENT.c.id, ENROLMENT.c.checked_in_at, EVENT.c.starts_at, EVENT.c.ends_at
        )
        .join(EVENT, EVENT.c.id == ENROLMENT.c.event_id)
        .where(ENROLMENT.c.checked_in_at.is_not(None))
    )
    found = [
        {'enrolment_id': enrolment, 'day': _day(at, starts_at, ends_at), 'at': _utc(at)}
        for enrolment, at, starts_at, ends_at in rows
    ]
    if found:
        op.bulk_insert(PRESENCE, found)


def _day(at: datetime, starts_at: datetime, ends_at: datetime) -> date:
    first = _utc(starts_at).astimezone(ZONE).date()
    last = (_utc(ends_at) - timedelta.resolution).astimezone(ZONE).date()
    return min(max(_utc(at).astimezone(ZONE).date(), first), last)


def _utc(moment: datetime) -> datetime:
    """SQLite drops the zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def downgrade() -> None:
    for table, column in (('enrolment', 'evaluated'), ('event', 'evaluates')):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
    for table in ('evaluation_box', 'event_minutes', 'presence'):
        op.drop_table(table)
