"""what the clock did

What was handed in before counts as the person's own: the schema could not tell who did it.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.add_column(sa.Column('clocked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('feedback_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column('after_release', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column('waiting', sa.Integer(), nullable=False, server_default=sa.text('0'))
        )
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.alter_column('after_release', server_default=None)
        batch_op.alter_column('waiting', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.drop_column('waiting')
        batch_op.drop_column('after_release')
        batch_op.drop_column('feedback_at')
        batch_op.drop_column('clocked_at')
