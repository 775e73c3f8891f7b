"""What a post may do with plans."""

from zhengpin.base.access.duties import declare

IMPORT_PLANS = declare("import_plans", "导入和核定计划")
