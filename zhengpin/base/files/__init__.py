"""Files: bytes that records hang on themselves, kept by their digest.

Owns the rows of kept files, the store of their bytes (a folder of the home, or S3), the views of
sealed ones, and the register of holders through which a file is seen. Does not own what a file
belongs to: a plan or a step points at its files. Stands on access, the ledger and
``kernel.contents``. Invariant: the bytes are in the store before the row that names them commits,
and what is handed out has the digest that was kept.
"""
