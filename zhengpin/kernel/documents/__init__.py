"""Reads the bytes of a document into text, or refuses them with one sentence.

Owns: telling what a file is by its bytes, the codec of a text, the article of a web page, the
paragraphs, tables and automatic numbers of a Word document, the paragraphs of a PDF's text layer,
and the sentences that refuse all else. Does not own: files and directories, names of encodings a
person chose, what the text means (``plantext``), pictures of text.

Stands on ``kernel.errors`` alone. Reading never fetches, writes or expands anything, and raises
nothing but DocumentRefused.
"""

from zhengpin.kernel.documents.model import Document, DocumentKind
from zhengpin.kernel.documents.reading import read_document

__all__ = ["Document", "DocumentKind", "read_document"]
