"""How alembic runs here: on the connection that `opening.py` hands over, and no other way."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
