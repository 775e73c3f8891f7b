"""What a post may do with the law data."""

from zhengpin.base.access.duties import declare

MAINTAIN_LAW = declare("maintain_law", "维护法律数据")
