"""An edition names the line of the audit log that tells of its publication, and that line's digest.

Editions from before name none. Going back forgets them.
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('edition', sa.Column('log_line', sa.Integer(), nullable=True))
    op.add_column('edition', sa.Column('log_digest', sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('edition') as batch_op:
        batch_op.drop_column('log_digest')
        batch_op.drop_column('log_line')
