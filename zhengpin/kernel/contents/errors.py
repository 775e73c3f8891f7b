"""What is not kept: each sentence says what happened and what to do about it."""

from __future__ import annotations

from zhengpin.kernel.errors import DocumentRefused


class EmptyFile(DocumentRefused):
    """文件是空的，没有保存，请确认选对了文件后再上传。"""


class OversizedFile(DocumentRefused):
    """文件超过这类文件的大小上限，没有保存，请压缩或拆成几份后再上传。"""


class UnknownType(DocumentRefused):
    """认不出这是什么文件，没有保存，请另存为PDF、Word、图片等常用格式后再上传。"""


class TypeNotTaken(DocumentRefused):
    """这里不收这种文件，没有保存，请换成要求的格式后再上传。"""


class ExecutableFile(DocumentRefused):
    """这是可以运行的程序或脚本，为安全起见不保存，请只上传文书、图片、音像等材料。"""


class ExecutableInside(DocumentRefused):
    """压缩包里有可以运行的程序或脚本，为安全起见不保存，请删去后重新打包再上传。"""


class MacroInside(DocumentRefused):
    """文件里有宏，为安全起见不保存，请另存为不含宏的格式（docx、xlsx、pptx）后再上传。"""


class PasswordProtected(DocumentRefused):
    """文件设有打开密码，以后无法查阅，没有保存，请去除密码后再上传。"""


class DamagedFile(DocumentRefused):
    """文件已损坏，打不开，没有保存，请用原来的软件重新导出后再上传。"""


class ArchiveTooComplex(DocumentRefused):
    """压缩内容展开后过大、过多或层层嵌套，为安全起见不保存，请解压后分批上传。"""


class ArchiveUnsafe(DocumentRefused):
    """压缩包里有指向包外的路径或链接，为安全起见不保存，请重新打包后再上传。"""


class ArchiveUnopened(DocumentRefused):
    """这种压缩格式无法核查里面的内容，没有保存，请解压后上传，或者重新打成zip再上传。"""
