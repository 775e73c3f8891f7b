"""The door: how a person signs in, and what they keep to sign in with.

The flows are django-allauth's: password, one-time codes, passkeys, recovery codes, confirming
before a change. Ours is what it may do here (``adapters``), the pages and their record
(``views``), the sentences of the forms (``forms``) and what a session knows of its beginning
(``sessions``). Nobody makes an account here, and nothing is sent by mail.
Invariant: who is signed in has shown all that their account asks for, and it is on record.
"""
