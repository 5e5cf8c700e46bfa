"""Events remember the address their cards lead to; names lose only what is a degree.

Sy., St., Mh. and Sh. before a name were taken for degrees, so that two people had one normalised
name. Every name is normalised again by the rule of today.
"""

import sqlalchemy as sa
from alembic import op

from quiz.exchange.rosters.names import normalise_name

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

user = sa.table(
    'user',
    sa.column('id', sa.Integer),
    sa.column('name', sa.String),
    sa.column('normalised_name', sa.String),
)


def upgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('cards_base', sa.String(length=200), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(user)).all():
        name = normalise_name(row.name)
        if name != row.normalised_name:
            connection.execute(
                user.update().where(user.c.id == row.id).values(normalised_name=name)
            )


def downgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('cards_base')
