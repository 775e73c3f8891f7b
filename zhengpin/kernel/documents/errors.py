"""What the reader refuses: each sentence says what happened and what to do about it."""

from __future__ import annotations

from zhengpin.kernel.errors import DocumentRefused


class EmptyDocument(DocumentRefused):
    """文件是空的，或者只有空白，请确认选对了文件后再导入。"""


class TooLarge(DocumentRefused):
    """文件超过20MB，没有读取，请删去图片或拆成几份后再导入。"""


class TooComplex(DocumentRefused):
    """文件展开后过大或嵌套过深，为安全起见没有读取，请只保留正文、另存一份后再导入。"""


class Undecodable(DocumentRefused):
    """文字编码无法识别（已试UTF-8、UTF-16、GB18030、Big5），请用记事本打开，另存为UTF-8后再导入。"""


class NotText(DocumentRefused):
    """这不是文字文件（含有二进制内容），请改用txt、网页、docx或带文字层的PDF再导入。"""


class Picture(DocumentRefused):
    """这是图片，读不出文字，请提供带文字层的PDF或Word文件。"""


class Scanned(DocumentRefused):
    """这份PDF是扫描件，没有可读的文字，请提供带文字层的PDF或Word文件。"""


class GarbledTextLayer(DocumentRefused):
    """这份PDF的文字层是乱码（字体没有对应的编码），请用原文件重新导出PDF，或者提供Word文件。"""


class Encrypted(DocumentRefused):
    """文件已加密，无法读取，请去除密码后再导入。"""


class OldOffice(DocumentRefused):
    """这是旧版Word或WPS格式（doc、wps），请用Word或WPS打开，另存为.docx后再导入。"""


class OtherOffice(DocumentRefused):
    """这是表格、演示或其他办公软件的文件，不是Word文档，请把正文另存为.docx后再导入。"""


class RichText(DocumentRefused):
    """这是RTF格式，请用Word或WPS打开，另存为.docx后再导入。"""


class Archive(DocumentRefused):
    """这是压缩包，不是单个文件，请解压后逐个导入其中的文件。"""


class WebArchive(DocumentRefused):
    """这是网页存档（mht），请用浏览器打开，另存为“网页，仅HTML”后再导入。"""


class FixedLayout(DocumentRefused):
    """这是OFD版式文件，暂时不能读取，请用阅读器导出为PDF或docx后再导入。"""


class MarkupData(DocumentRefused):
    """这是XML数据文件，不是网页或公文，请用原来的软件打开，另存为.docx后再导入。"""


class CorruptWord(DocumentRefused):
    """Word文件已损坏，无法读取，请用Word或WPS打开，另存为新的.docx后再导入。"""


class EmbeddedDocument(DocumentRefused):
    """Word文件中嵌入了另一个文件，正文不完整，请用Word打开，另存为新的.docx后再导入。"""


class CorruptPdf(DocumentRefused):
    """PDF文件已损坏，无法读取，请重新下载，或者用原文件重新导出后再导入。"""


class CorruptPage(DocumentRefused):
    """网页已损坏，无法读取，请用浏览器重新打开，另存为“网页，仅HTML”后再导入。"""


class NoArticle(DocumentRefused):
    """网页中没有找到正文，请打开文章所在的页面，另存为“网页，仅HTML”后再导入。"""
