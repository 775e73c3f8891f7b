"""The database itself refuses to change what was added to the law data."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION lawbase_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'overrides of the law are append-only: % is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER lawbase_override_append_only BEFORE UPDATE OR DELETE ON lawbase_override
  FOR EACH ROW EXECUTE FUNCTION lawbase_refuse();
CREATE TRIGGER lawbase_override_no_truncate BEFORE TRUNCATE ON lawbase_override
  FOR EACH STATEMENT EXECUTE FUNCTION lawbase_refuse();
"""
ALLOW = """
DROP TRIGGER lawbase_override_append_only ON lawbase_override;
DROP TRIGGER lawbase_override_no_truncate ON lawbase_override;
DROP FUNCTION lawbase_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("lawbase", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
