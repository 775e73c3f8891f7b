"""What a post may do with matters in general."""

from zhengpin.base.access.duties import declare

HANDLE = declare("handle", "办理事项")
APPROVE = declare("approve", "审批事项")
COORDINATE = declare("coordinate", "统筹协调辖区事项")
