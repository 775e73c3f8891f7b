"""What running an installation refuses."""

from zhengpin.kernel.errors import DomainError


class AlreadyRunning(DomainError):
    """这个目录上已有一个 zhengpin serve 在运行。"""


class PortTaken(DomainError):
    """端口已被占用。"""


class DatabaseUnreachable(DomainError):
    """连不上数据库：请核对 DATABASE_URL，或查看 ZHENGPIN_HOME 下 postgres/log。"""


class DatabaseWillNotStart(DomainError):
    """内置数据库启动不了：请查看 ZHENGPIN_HOME 下 postgres/log，并核对磁盘空间。"""


class NotInstalled(DomainError):
    """这里还没有数据：请先运行 zhengpin serve，或用 ZHENGPIN_HOME、DATABASE_URL 指明是哪一处。"""


class NotUpToDate(DomainError):
    """数据库比程序旧：请先运行 zhengpin serve，它会把数据库升级到这个版本。"""


class BackupRefused(DomainError):
    """备份没有完成。"""


class RestoreRefused(DomainError):
    """没有恢复，任何数据都未改动。"""
