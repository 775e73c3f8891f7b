"""Signed notes: published examples of other implementations, one by hand, and every refusal."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.merkle.untimed import UNTIMED
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.merkle import (
    KeyNameRefused,
    NoteMalformed,
    SignatureBad,
    SignerUnknown,
    Verifier,
    VerifierKeyMalformed,
    open_note,
    parse_verifier_key,
    sign_note,
    verifier_key,
)

# The example of C2SP signed-note.
FOO_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
    "RKuwHjG1Yu72IneyaQM=\n"
)

# The example of Go's golang.org/x/mod/sumdb/note, with the second signature of its tests.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
GO_BODY = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33"
    "WWd1RvMc+QQ=\n"
)

# By hand from the text of C2SP, with openssl, sha256sum and base64 only. The key is the first of
# RFC 8032 §7.1; the key id is sha256("ledger.example/zhengpin" 0A 01 d75a…511a), cut to 4 bytes.
NAME = "ledger.example/zhengpin"
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
KEY_ID = "96117ab3"
BODY = "ledger.example/zhengpin\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
LINE = (
    "— ledger.example/zhengpin lhF6s+my8mYM0RBdiwaT/JOUzcgXn4VekX5HX7IDkL9yOssBS56870VJFyKoseuX8y"
    "hbN/c3PllxKXzHCs+THtd1IAE=\n"
)
NOTE = f"{BODY}\n{LINE}"

KEY = Ed25519PrivateKey.from_private_bytes(SEED)
OURS = Verifier(NAME, PUBLIC)
PETER = parse_verifier_key(PETER_KEY)
ENOCH = parse_verifier_key(ENOCH_KEY)


class TestPublishedNotes:
    def test_the_example_of_c2sp_opens(self) -> None:
        assert (
            open_note(FOO_NOTE, [parse_verifier_key(FOO_KEY)]) == "This is an example message.\n"
        )

    @pytest.mark.parametrize("lines", [PETER_LINE, PETER_LINE + ENOCH_LINE])
    def test_the_examples_of_go_open(self, lines: str) -> None:
        assert open_note(f"{GO_BODY}\n{lines}", [PETER]) == GO_BODY
        assert open_note(f"{GO_BODY}\n{lines}", [ENOCH, PETER]) == GO_BODY

    def test_we_sign_as_go_does(self) -> None:
        key = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
        assert sign_note(GO_BODY, "PeterNeumann", key) == f"{GO_BODY}\n{PETER_LINE}"
        assert verifier_key("PeterNeumann", key.public_key()) == PETER_KEY

    def test_we_sign_what_was_made_by_hand(self) -> None:
        assert OURS.key_id.hex() == KEY_ID
        assert sign_note(BODY, NAME, KEY) == NOTE
        assert open_note(NOTE, [OURS]) == BODY

    @pytest.mark.parametrize("text", [FOO_KEY, PETER_KEY, ENOCH_KEY])
    def test_published_keys_are_written_back_as_they_were(self, text: str) -> None:
        assert parse_verifier_key(text).text == text


class TestOpenNote:
    def test_an_empty_line_may_stand_in_the_body(self) -> None:
        for body in ("一\n\n二\n", "\n", "一\n\n\n", "— 不是签名\n"):
            assert open_note(sign_note(body, NAME, KEY), [OURS]) == body

    def test_signatures_of_strangers_beside_a_known_one_are_ignored(self) -> None:
        cosigned = f"{BODY}\n— witness.example AAAAAAA=\n{LINE}"
        assert open_note(cosigned, [OURS]) == BODY

    def test_a_note_that_nobody_known_has_signed_is_refused(self) -> None:
        for verifiers in ([], [PETER], [Verifier("ledger.example/other", PUBLIC)]):
            with pytest.raises(SignerUnknown):
                open_note(NOTE, verifiers)

    def test_another_key_of_the_same_name_is_unknown(self) -> None:
        with pytest.raises(SignerUnknown):
            open_note(NOTE, [Verifier(NAME, PETER.public_key)])

    def test_one_bad_signature_of_a_known_key_refuses_the_note(self) -> None:
        forged = GO_BODY.replace("answer", "Answer")
        with pytest.raises(SignatureBad):
            open_note(f"{forged}\n{PETER_LINE}", [PETER])
        bad = sign_note(forged, "PeterNeumann", Ed25519PrivateKey.from_private_bytes(PETER_SEED))
        both = f"{GO_BODY}\n{PETER_LINE}{bad.removeprefix(forged).lstrip()}"
        with pytest.raises(SignatureBad):
            open_note(both, [PETER])

    @pytest.mark.parametrize("length", [5, 67, 69])
    def test_a_signature_of_another_length_is_bad(self, length: int) -> None:
        value = base64.b64encode((OURS.key_id + bytes(65))[:length]).decode()
        with pytest.raises(SignatureBad):
            open_note(f"{BODY}\n— {NAME} {value}\n", [OURS])

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param(BODY, id="no signature"),
            pytest.param(f"{BODY}\n", id="a blank line and no signature"),
            pytest.param(f"{BODY}{LINE}", id="no blank line"),
            pytest.param(NOTE[:-1], id="no newline at the end"),
            pytest.param(f"{NOTE}\n", id="a blank line at the end"),
            pytest.param(f"{NOTE}more\n", id="a line after the signature"),
            pytest.param(NOTE[:-1] + " \n", id="a blank after the signature"),
            pytest.param(NOTE[:-1] + " more\n", id="a word after the signature"),
            pytest.param(NOTE.replace("—", "-"), id="a hyphen"),
            pytest.param(NOTE.replace("—", "–"), id="a short dash"),
            pytest.param(NOTE.replace("— ", "—"), id="no blank after the dash"),
            pytest.param(NOTE.replace("— ", "—  "), id="two blanks after the dash"),
            pytest.param(NOTE.replace("\n", "\r\n"), id="Windows line ends"),
            pytest.param(NOTE.replace("8", "\t8"), id="a tab"),
            pytest.param(NOTE.replace("8", "\x008"), id="a null"),
            pytest.param("\ud800" + NOTE, id="half a character"),
            pytest.param(NOTE.replace("IAE=", "IAE"), id="base64 without padding"),
            pytest.param(NOTE.replace("IAE=", "IAF="), id="base64 with bits left over"),
            pytest.param(NOTE.replace("IAE=", "IAE=="), id="base64 with too much padding"),
            pytest.param(NOTE.replace("IAE=", "I-E="), id="base64 for addresses"),
            pytest.param(f"{BODY}\n— {NAME} \n", id="an empty signature"),
            pytest.param(f"{BODY}\n— {NAME}\n", id="no signature after the name"),
            pytest.param(f"{BODY}\n— {NAME} lhF6sw==\n", id="a key id without signature"),
            pytest.param(f"{BODY}\n—  lhF6s+my8g==\n", id="no name"),
            pytest.param(f"{BODY}\n— a+b lhF6s+my8g==\n{LINE}", id="a plus in a stranger's name"),
            pytest.param(f"{BODY}\n— a\u3000b AAAAAAA=\n{LINE}", id="a wide blank in a name"),
            pytest.param(f"{BODY}\n— stranger !\n{LINE}", id="a stranger's malformed signature"),
            pytest.param(f"{BODY}\n{LINE * 101}", id="a hundred signatures and one"),
        ],
    )
    def test_malformed_notes_are_refused(self, text: str) -> None:
        with pytest.raises(NoteMalformed):
            open_note(text, [OURS])

    def test_sixteen_signatures_and_more_are_accepted(self) -> None:
        assert open_note(f"{BODY}\n{LINE * 100}", [OURS]) == BODY

    @UNTIMED
    @given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
    def test_any_changed_character_is_refused(self, at: int, char: str) -> None:
        changed = NOTE[:at] + char + NOTE[at + 1 :]
        if changed != NOTE:
            with pytest.raises(DomainError):
                open_note(changed, [OURS])

    @UNTIMED
    @given(st.text())
    def test_any_text_is_opened_or_refused(self, text: str) -> None:
        with pytest.raises(NoteMalformed):
            open_note(text, [OURS])


class TestSignNote:
    @pytest.mark.parametrize("body", ["", "一", "一\r\n", "\x00\n", "\ud800\n", "一\x1f\n"])
    def test_a_body_that_no_note_can_hold_is_refused(self, body: str) -> None:
        with pytest.raises(NoteMalformed):
            sign_note(body, NAME, KEY)

    @pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\u2028b", "a\nb", "\ud800"])
    def test_a_name_that_no_key_can_have_is_refused(self, name: str) -> None:
        with pytest.raises(KeyNameRefused):
            sign_note(BODY, name, KEY)
        with pytest.raises(KeyNameRefused):
            verifier_key(name, KEY.public_key())

    def test_a_chinese_name_signs_and_opens(self) -> None:
        ours = parse_verifier_key(verifier_key("存证.示例/台账", KEY.public_key()))
        assert open_note(sign_note("正文\n", "存证.示例/台账", KEY), [ours]) == "正文\n"


class TestParseVerifierKey:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param("PeterNeumann", id="only a name"),
            pytest.param("PeterNeumann+c74f20a3", id="no key"),
            pytest.param(PETER_KEY.replace("c74f20a3", "c74f20a4"), id="another key id"),
            pytest.param(PETER_KEY.replace("c74f20a3", "C74F20A3"), id="capital letters"),
            pytest.param(PETER_KEY.replace("c74f20a3", "74f20a3"), id="a short key id"),
            pytest.param(PETER_KEY.replace("Peter", "Petra"), id="another name"),
            pytest.param(PETER_KEY.replace("PeterNeumann", ""), id="no name"),
            pytest.param(PETER_KEY.replace("+ARpc", "+BBpc"), id="a cosignature key"),
            pytest.param(PETER_KEY.replace("2Qc", "2Qd"), id="another key"),
            pytest.param(PETER_KEY[:-4], id="a short key"),
            pytest.param(PETER_KEY + "AAAA", id="a long key"),
            pytest.param(PETER_KEY + "\n", id="a newline at the end"),
            pytest.param(" " + PETER_KEY, id="a blank before"),
            pytest.param(PETER_KEY.replace("+ARpc", "+A Rpc"), id="a blank in the key"),
        ],
    )
    def test_malformed_keys_are_refused(self, text: str) -> None:
        with pytest.raises(VerifierKeyMalformed):
            parse_verifier_key(text)

    @pytest.mark.parametrize("length", [0, 31, 33])
    def test_a_public_key_has_32_bytes(self, length: int) -> None:
        with pytest.raises(VerifierKeyMalformed):
            Verifier(NAME, bytes(length))

    @UNTIMED
    @given(st.binary(min_size=32, max_size=32))
    def test_every_key_is_read_as_it_was_written(self, public_key: bytes) -> None:
        verifier = Verifier(NAME, public_key)
        assert parse_verifier_key(verifier.text) == verifier
        with pytest.raises(DomainError):
            open_note(NOTE, [verifier])
