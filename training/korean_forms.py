"""Conjugation of the Korean predicates that made-up sentences are built from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine import conjugation
from engine.hangul import final_of, with_final

ADJECTIVE, VERB, EXISTENCE, COPULA = "adjective", "verb", "existence", "copula"


def particle(noun: str, closed: str, open_: str) -> str:
    """Return *noun* with the particle that fits its last syllable.

    >>> particle("연기", "은", "는"), particle("결말", "은", "는")
    ('연기는', '결말은')
    """
    return noun + (closed if final_of(noun) else open_)


@dataclass(frozen=True)
class Predicate:
    """One predicate; every form is a property.

    Attributes:
        stem: dictionary form without 다 (a copula: the noun before it).
        joined: the 아/어 form: 좋아, 지루해, 아까워.
        loose: stem before 으: 좋, 지루하, 아까우.
        kind: one of the four kinds.
    """

    stem: str
    joined: str
    loose: str
    kind: str

    def after(self, words: str) -> Predicate:
        """Return the predicate with *words* before it."""
        stem, joined, loose = (words + part for part in (self.stem, self.joined, self.loose))
        return Predicate(stem, joined, loose, self.kind)

    @property
    def denied(self) -> Predicate:
        """X지 않다."""
        return self.denied_by("지")

    def denied_by(self, link: str) -> Predicate:
        """Return X지 않다 with 지, 지는, 진 or 지도 as *link*."""
        head = f"{self.base}{link} 않"
        return Predicate(head, head + "아", head, VERB if self.kind == VERB else ADJECTIVE)

    @property
    def base(self) -> str:
        """What 지, 네, 긴, 게, 더라 follow."""
        return self.stem if self.kind != COPULA or not final_of(self.stem) else self.stem + "이"

    @property
    def plain(self) -> str:
        """재밌다, 본다, 별로다."""
        if self.kind != VERB:
            return self.base + "다"
        if final_of(self.stem) in ("", "ㄹ"):
            return with_final(self.stem, "ㄴ") + "다"
        return self.stem + "는다"

    @property
    def quoted(self) -> str:
        """X다고 (copula: X라고)."""
        return f"{self.base}라고" if self.kind == COPULA else f"{self.plain}고"

    @property
    def ne(self) -> str:
        """X네."""
        base = with_final(self.base, "") if final_of(self.base) == "ㄹ" else self.base
        return base + "네"

    @property
    def polite(self) -> str:
        """X어요 (copula: 예요/이에요)."""
        if self.kind == COPULA:
            return self.stem + ("이에요" if final_of(self.stem) else "예요")
        return self.joined.replace("아니어", "아니에") + "요"

    @property
    def formal(self) -> str:
        """X습니다."""
        if self.kind == COPULA:
            return self.stem + "입니다"
        if final_of(self.base) in ("", "ㄹ"):
            return with_final(self.base, "ㅂ") + "니다"
        return self.base + "습니다"

    @property
    def noun(self) -> str:
        """X음 (지루함, 재밌음)."""
        return self._soft("ㅁ", "음")

    @property
    def past(self) -> str:
        """X었, before its ending."""
        if self.kind == COPULA:
            return self.stem + ("이었" if final_of(self.stem) else "였")
        return with_final(self.joined, "ㅆ")

    @property
    def modifier(self) -> str:
        """X은/는 before a noun."""
        if self.kind in (VERB, EXISTENCE):
            stem = with_final(self.stem, "") if final_of(self.stem) == "ㄹ" else self.stem
            return stem + "는"
        return self._soft("ㄴ", "은")

    @property
    def future(self) -> str:
        """X을 before a noun."""
        return self._soft("ㄹ", "을")

    def _soft(self, open_: str, closed: str) -> str:
        final = final_of(self.loose)
        if final == "ㄹ" and open_ == "ㅁ":
            return with_final(self.loose, "ㄻ")
        if final in ("", "ㄹ"):
            return with_final(self.loose, open_)
        return self.loose + closed

    def end(self, style: str) -> str:
        """Return the sentence's last word in one of ``STYLES``."""
        past = style.startswith("past ")
        name = style.removeprefix("past ")
        if past:
            whole = replace(self, stem=self.past, joined=self.past + "어", loose=self.past)
            return replace(whole, kind=ADJECTIVE).end(name)
        forms = {
            "다": self.plain,
            "네": self.ne,
            "네요": self.ne + "요",
            "어": self.base + "야" if self.kind == COPULA else self.joined.replace("니어", "니야"),
            "어요": self.polite,
            "습니다": self.formal,
            "음": self.noun,
            "더라": self.base + "더라",
            "더라고요": self.base + "더라고요",
        }
        return forms[name]


STYLES = (
    *("다", "past 다", "네요", "past 네요", "네", "past 네", "어요", "past 어요", "past 어"),
    *("습니다", "past 습니다", "음", "past 음", "더라", "더라고요", "어"),
)


def predicate(stem: str, kind: str = ADJECTIVE) -> Predicate:
    """Return the predicate of a stem, irregular ones (ㅂ, 르, 으, 낫, 그렇, 아니) included.

    >>> p = predicate("아깝")
    >>> p.plain, p.polite, p.modifier, p.noun, p.end("past 네요"), p.denied.end("past 다")
    ('아깝다', '아까워요', '아까운', '아까움', '아까웠네요', '아깝지 않았다')
    >>> predicate("늘어지", VERB).plain, predicate("별로", COPULA).end("past 어요")
    ('늘어진다', '별로였어요')
    """
    if kind == COPULA:
        loose = stem + "이"
        return Predicate(stem, loose, loose, kind)
    if stem[-1] in ("있", "없", "밌"):
        return Predicate(stem, stem + "어", stem, EXISTENCE)
    if stem.endswith("아니"):
        return Predicate(stem, stem + "어", stem, kind)
    return Predicate(stem, conjugation.joined(stem), conjugation.loose(stem), kind)
