"""正品 Zhengpin: the working platform of an anti-counterfeiting leading group and its members."""

__version__ = "0.1.0"
