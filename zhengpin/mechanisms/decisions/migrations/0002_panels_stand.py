from django.db import migrations, models
from django.db.models import Q

_PANELS = """
INSERT INTO proceedings_standing (proceeding_id, organization_id, role)
SELECT DISTINCT d.proceeding_id, o.organization_id, 'panel'
FROM decisions_panelist p
JOIN decisions_decision d ON d.id = p.decision_id
JOIN access_member m ON m.id = p.member_id
JOIN access_post o ON o.id = m.post_id
WHERE NOT p.is_replaced
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("decisions", "0001_initial"),
        ("proceedings", "0004_inside_stages"),
    ]

    operations = [
        migrations.RunSQL(_PANELS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "panelist",
            models.Index(
                fields=["member"],
                name="panelist_to_vote",
                condition=Q(vote="", is_replaced=False),
            ),
        ),
        migrations.AddIndex(
            "panelist",
            models.Index(
                fields=["decision"],
                name="panelist_to_replace",
                condition=Q(has_conflict=True, is_replaced=False),
            ),
        ),
    ]
