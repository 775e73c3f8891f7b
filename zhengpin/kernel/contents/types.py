"""文件类型: the declared table of what can be kept, how large, and how it is handed out."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """One type: ``code`` is stored, ``title`` shown; ``largest`` is in bytes.

    ``suffixes`` are the endings a name of this type may keep; the first is added where it has
    none of them. The size limits guard this machine and are not taken from any law.
    """

    code: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    largest: int


_OOXML = "application/vnd.openxmlformats-officedocument"
TYPES: dict[str, FileType] = {
    one.code: one
    for one in (
        FileType("text", "文本", (".txt", ".csv", ".md", ".log"), "text/plain", 20 * MB),
        FileType("html", "网页", (".html", ".htm", ".shtml", ".xhtml"), "text/html", 20 * MB),
        FileType("pdf", "PDF", (".pdf",), "application/pdf", 100 * MB),
        FileType("ofd", "OFD", (".ofd",), "application/ofd", 100 * MB),
        FileType("docx", "Word", (".docx",), f"{_OOXML}.wordprocessingml.document", 50 * MB),
        FileType("xlsx", "Excel", (".xlsx",), f"{_OOXML}.spreadsheetml.sheet", 50 * MB),
        FileType("pptx", "PPT", (".pptx",), f"{_OOXML}.presentationml.presentation", 100 * MB),
        FileType("doc", "旧版Word", (".doc", ".wps"), "application/msword", 50 * MB),
        FileType("xls", "旧版Excel", (".xls", ".et"), "application/vnd.ms-excel", 50 * MB),
        FileType("ppt", "旧版PPT", (".ppt", ".dps"), "application/vnd.ms-powerpoint", 100 * MB),
        FileType("rtf", "RTF", (".rtf",), "application/rtf", 50 * MB),
        FileType("jpeg", "JPEG图片", (".jpg", ".jpeg"), "image/jpeg", 50 * MB),
        FileType("png", "PNG图片", (".png",), "image/png", 50 * MB),
        FileType("gif", "GIF图片", (".gif",), "image/gif", 50 * MB),
        FileType("webp", "WebP图片", (".webp",), "image/webp", 50 * MB),
        FileType("heic", "HEIC图片", (".heic", ".heif", ".avif"), "image/heic", 50 * MB),
        FileType("tiff", "TIFF图片", (".tif", ".tiff"), "image/tiff", 100 * MB),
        FileType("bmp", "BMP图片", (".bmp",), "image/bmp", 50 * MB),
        FileType("mp3", "MP3录音", (".mp3",), "audio/mpeg", 200 * MB),
        FileType("wav", "WAV录音", (".wav",), "audio/wav", 200 * MB),
        FileType("m4a", "M4A录音", (".m4a",), "audio/mp4", 200 * MB),
        FileType("mp4", "MP4录像", (".mp4", ".mov", ".m4v", ".3gp"), "video/mp4", 500 * MB),
        FileType("avi", "AVI录像", (".avi",), "video/x-msvideo", 500 * MB),
        FileType("zip", "ZIP压缩包", (".zip",), "application/zip", 200 * MB),
    )
}
