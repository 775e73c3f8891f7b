"""收件规则: what is kept as the source of a plan; the same kinds the compiler reads."""

from zhengpin.base.files.rules import declare

SOURCE = declare("plan_source", "计划原件", types=("pdf", "docx", "html", "text"))
