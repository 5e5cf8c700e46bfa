"""Articles have a first day: ``valid_from`` is never empty.

An article without one counted as law since ever. It gets the earliest first day that the register
knows for the same law, else 17 August 1945, the first day of the Republic. Either changes what the
article says, so the items that cite it wait for a legal checker, who sets the true day.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

FIRST_DAY = date(1945, 8, 17)

reference = sa.table('reference', sa.column('law', sa.String), sa.column('valid_from', sa.Date))


def upgrade() -> None:
    same_law = reference.alias('same_law')
    earliest = (
        sa.select(sa.func.min(same_law.c.valid_from))
        .where(same_law.c.law == reference.c.law)
        .scalar_subquery()
    )
    op.execute(
        reference.update()
        .where(reference.c.valid_from.is_(None))
        .values(valid_from=sa.func.coalesce(earliest, sa.literal(FIRST_DAY, sa.Date)))
    )
    with op.batch_alter_table('reference') as batch_op:
        batch_op.alter_column('valid_from', existing_type=sa.DATE(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('reference') as batch_op:
        batch_op.alter_column('valid_from', existing_type=sa.DATE(), nullable=True)
