from django.db import migrations

_MOVE = """
INSERT INTO access_sealedview
  (member_id, organization_id, subject, title, way, reason, looked_at)
SELECT v.member_id, p.organization_id, f.uuid::text, left(f.sha256, 12), 'export', v.reason,
  v.viewed_at
FROM files_fileview v
JOIN files_file f ON f.id = v.file_id
JOIN access_member m ON m.id = f.kept_by_id
JOIN access_post p ON p.id = m.post_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_sealed_views"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(_MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="FileView"),
    ]
