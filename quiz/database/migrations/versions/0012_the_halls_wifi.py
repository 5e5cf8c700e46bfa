"""Name and password of the Wi-Fi in the hall of an event; no event has told of one yet."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        for name, length in (('wifi_name', 32), ('wifi_password', 63)):
            batch_op.add_column(
                sa.Column(name, sa.String(length=length), nullable=False, server_default='')
            )
    with op.batch_alter_table('event') as batch_op:
        batch_op.alter_column('wifi_name', server_default=None)
        batch_op.alter_column('wifi_password', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('wifi_password')
        batch_op.drop_column('wifi_name')
