"""What the platform refuses: every refusal is one sentence a person can act on."""


class DomainError(Exception):
    """操作无法完成。"""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class DocumentRefused(DomainError):
    """文件无法读取。"""
