"""Chinese text as documents print it, folded for reading with a map back to the source.

Owns the folding of characters, widths, brackets and blanks, and Chinese numerals and dates. Does
not know what a plan is. Stands on nothing but ``kernel.errors``.
"""

from zhengpin.kernel.text.folding import Folded, fold
from zhengpin.kernel.text.numerals import parse_numeral

__all__ = ["Folded", "fold", "parse_numeral"]
