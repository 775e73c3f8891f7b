"""The database itself refuses to change what the ledger holds."""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint")

FUNCTION = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def guard(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
      FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
    """


def unguard(table: str) -> str:
    return f"""
    DROP TRIGGER {table}_append_only ON {table};
    DROP TRIGGER {table}_no_truncate ON {table};
    """


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ledger_refuse();"),
        *(migrations.RunSQL(guard(table), unguard(table)) for table in TABLES),
    ]
