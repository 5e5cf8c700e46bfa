"""Two forms, crossed: sittings hold A and B, an attempt knows which it asks, items can be swapped.

Every form of before is A, and every sitting has it alone. There is no way back once somebody has
answered form B: without its name their responses would be read as answers to form A.
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

ONE_CROSSED = 'uq_sitting_one_crossed'
PLACE, PLACE_IN_ONE = 'uq_form_slot_sitting_id_form_position', 'uq_form_slot_sitting_id_position'
CHOSEN_FIRST = 'fk_form_choice_chosen_first_id'

attempt = sa.table('attempt', sa.column('form', sa.String))
slot = sa.table('form_slot', sa.column('id', sa.Integer), sa.column('form', sa.String))
choice = sa.table('form_choice', sa.column('slot_id', sa.Integer))


def upgrade() -> None:
    with op.batch_alter_table('sitting') as batch_op:
        batch_op.add_column(
            sa.Column('crossed', sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table('sitting') as batch_op:
        batch_op.alter_column('crossed', server_default=None)
    crossed = sa.text('crossed')
    op.create_index(
        ONE_CROSSED,
        'sitting',
        ['event_id', 'phase'],
        unique=True,
        sqlite_where=crossed,
        postgresql_where=crossed,
    )
    for table in ('form_slot', 'attempt'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column('form', sa.String(length=1), nullable=False, server_default='A')
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column('form', server_default=None)
    with op.batch_alter_table('form_slot') as batch_op:
        batch_op.drop_constraint(batch_op.f(PLACE_IN_ONE), type_='unique')
        batch_op.create_unique_constraint(batch_op.f(PLACE), ['sitting_id', 'form', 'position'])
    with op.batch_alter_table('form_choice') as batch_op:
        batch_op.add_column(sa.Column('chosen_first_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f(CHOSEN_FIRST), 'item_version', ['chosen_first_id'], ['id']
        )


def downgrade() -> None:
    answered = sa.select(sa.func.count()).select_from(attempt).where(attempt.c.form == 'B')
    if op.get_bind().scalar(answered):
        raise RuntimeError('people have answered form B, which the older schema cannot tell apart')
    second = sa.select(slot.c.id).where(slot.c.form == 'B')
    op.execute(choice.delete().where(choice.c.slot_id.in_(second)))
    op.execute(slot.delete().where(slot.c.form == 'B'))
    with op.batch_alter_table('form_choice') as batch_op:
        batch_op.drop_constraint(batch_op.f(CHOSEN_FIRST), type_='foreignkey')
        batch_op.drop_column('chosen_first_id')
    with op.batch_alter_table('form_slot') as batch_op:
        batch_op.drop_constraint(batch_op.f(PLACE), type_='unique')
        batch_op.create_unique_constraint(batch_op.f(PLACE_IN_ONE), ['sitting_id', 'position'])
    for table in ('form_slot', 'attempt'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('form')
    op.drop_index(ONE_CROSSED, table_name='sitting')
    with op.batch_alter_table('sitting') as batch_op:
        batch_op.drop_column('crossed')
