"""What the calendar refuses."""

from zhengpin.kernel.errors import DomainError


class CalendarUnknown(DomainError):
    """该年的工作日无从得知。"""


class NoticeFaulty(DomainError):
    """放假通知有误。"""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(f"放假通知有误：{'；'.join(faults)}。")
