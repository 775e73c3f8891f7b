from django.db import migrations

_DRAFTS = """
UPDATE proceedings_proceeding p SET is_inside = TRUE
FROM handoffs_handoff h WHERE h.proceeding_id = p.id AND p.stage IN ('drafted', 'submitted')
"""
_COPIES = """
INSERT INTO proceedings_standing (proceeding_id, organization_id, role)
SELECT proceeding_id, unnest(copies), 'copy' FROM handoffs_handoff
ON CONFLICT DO NOTHING
"""
_FORMER = """
UPDATE proceedings_standing s SET role = 'receiver', ended_by_id = d.refused_by_id
FROM handoffs_delivery d JOIN handoffs_handoff h ON h.id = d.handoff_id
WHERE s.role = 'former' AND s.proceeding_id = h.proceeding_id
  AND s.organization_id = d.receiver_id AND d.refused_by_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handoffs", "0001_initial"),
        ("proceedings", "0004_inside_stages"),
    ]

    operations = [
        migrations.RunSQL([_DRAFTS, _COPIES, _FORMER], migrations.RunSQL.noop),
        migrations.RemoveField(model_name="handoff", name="copies"),
    ]
