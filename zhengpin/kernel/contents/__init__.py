"""Contents: what the bytes of a file are, whether they are safe to keep, and what to call them.

Owns the table of types with their sizes, telling a type from content, and the checks of what is
packed inside. Does not own reading a text out of a document (``kernel.documents``), nor where
files are kept. The name a file comes with decides nothing here.
"""

from zhengpin.kernel.contents.names import safe_name
from zhengpin.kernel.contents.telling import told
from zhengpin.kernel.contents.types import TYPES, FileType

__all__ = ["TYPES", "FileType", "safe_name", "told"]
