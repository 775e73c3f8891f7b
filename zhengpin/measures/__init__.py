"""What plans ask for, as declarations: one package for each domain of the requirements.

Owns no code that runs, no table and no page. A measure configures a mechanism and names the rows
it serves, its law, who may act and what is asked. Reading this package is reading what the
platform does.
"""
