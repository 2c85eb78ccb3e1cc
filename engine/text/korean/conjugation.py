"""Korean predicates from their stems: the 아/어 form, 으, ㅂ니다, 시; irregular ones included."""

from __future__ import annotations

from engine.text.korean.hangul import final_of, is_syllable, join, split, with_final

_REGULAR_B = ("잡", "뽑", "좁", "입", "씹", "집", "업", "꼽", "접", "굽히", "수줍")
_BRIGHT_B = ("돕", "곱")
_IRREGULAR_D = ("듣", "걷", "깨닫", "싣", "일컫", "캐묻", "뒤묻")
_IRREGULAR_S = ("짓", "낫", "잇", "붓", "긋", "젓")
_IRREGULAR_H = ("렇", "떻", "갛", "맣", "얗", "랗", "멓", "겋", "옇", "퍼렇", "누렇")
_REGULAR_REU = ("따르", "치르", "들르", "다다르", "우러르")
_BRIGHT = "ㅏㅑㅗ"


def joined(stem: str) -> str:
    """Return the form that 요 and 서 follow.

    >>> [joined(s) for s in "아름답 예쁘 흐르 따르 듣 짓 어떻 하얗 보이 되 주 하 좋 바라".split()]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['아름다워', '예뻐', '흘러', '따라', '들어', '지어', '어때', '하얘', '보여', '돼', '줘', '해',
     '좋아', '바라']
    """
    initial, vowel, final = split(stem[-1])
    if final:
        return _joined_closed(stem, vowel, final)
    if stem[-1] == "하":
        return stem[:-1] + "해"
    if stem[-1] == "르" and len(stem) > 1:
        if stem.endswith("푸르"):
            return stem + "러"
        if not stem.endswith(_REGULAR_REU):
            return with_final(stem[:-1], "ㄹ") + ("라" if split(stem[-2])[1] in "ㅏㅗ" else "러")
    if vowel == "ㅡ":
        bright = len(stem) > 1 and is_syllable(stem[-2]) and split(stem[-2])[1] in "ㅏㅗ"
        return stem[:-1] + join(initial, "ㅏ" if bright else "ㅓ")
    if vowel in "ㅟㅢ" or (vowel == "ㅣ" and stem[-2:] in ("띠", "피")):
        return stem + "어"
    merged = {"ㅣ": "ㅕ", "ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅚ": "ㅙ"}.get(vowel, vowel)
    return stem[:-1] + join(initial, merged)


def _joined_closed(stem: str, vowel: str, final: str) -> str:
    changed = loose(stem)
    if final == "ㅆ":  # 았, 었, 겠, 있
        return stem + "어"
    if stem.endswith(_IRREGULAR_H):
        bare = with_final(stem, "")
        initial, _, _ = split(bare[-1])
        return bare[:-1] + join(initial, "ㅒ" if vowel == "ㅑ" else "ㅖ" if vowel == "ㅕ" else "ㅐ")
    if final == "ㅂ" and changed != stem:
        return changed[:-1] + ("와" if stem.endswith(_BRIGHT_B) else "워")
    if changed != stem:
        return changed[:-1] + ("아" if vowel in _BRIGHT else "어")
    return stem + ("아" if vowel in _BRIGHT else "어")


def loose(stem: str) -> str:
    """Return what 은, 을, 음 and 시 are joined to; a regular stem is itself.

    >>> loose("아깝"), loose("짓"), loose("듣"), loose("그렇"), loose("좋")
    ('아까우', '지으', '들으', '그러', '좋')
    """
    final = final_of(stem)
    if final == "ㅂ" and not stem.endswith(_REGULAR_B):
        return with_final(stem, "") + "우"
    if final == "ㅅ" and stem.endswith(_IRREGULAR_S):
        return with_final(stem, "") + "으"
    if final == "ㄷ" and stem.endswith(_IRREGULAR_D):
        return with_final(stem, "ㄹ") + "으"
    return with_final(stem, "") if stem.endswith(_IRREGULAR_H) else stem


def soft(stem: str, final: str) -> str:
    """Join ㄴ, ㄹ or ㅂ, with 으 where the stem needs it.

    >>> soft("행복하", "ㄴ"), soft("있", "ㄹ"), soft("힘들", "ㄴ"), soft("아름답", "ㄹ")
    ('행복한', '있을', '힘든', '아름다울')
    """
    open_ = loose(stem)
    if final_of(open_) in ("", "ㄹ"):
        return with_final(open_, final)
    return open_ + join("ㅇ", "ㅡ", final)


def formal(stem: str) -> str:
    """Return the 합쇼체 before its last syllable 다 or 까.

    >>> formal("힘들"), formal("아름답"), formal("느껴지"), formal("있")
    ('힘듭니', '아름답습니', '느껴집니', '있습니')
    """
    if final_of(stem) in ("", "ㄹ"):
        return with_final(stem, "ㅂ") + "니"
    return stem + "습니"


def honored(stem: str) -> str:
    """Return the stem with 시.

    >>> honored("힘들"), honored("있"), honored("아름답"), honored("하")
    ('힘드시', '있으시', '아름다우시', '하시')
    """
    open_ = loose(stem)
    final = final_of(open_)
    if final == "ㄹ":
        return with_final(open_, "") + "시"
    return open_ + ("으시" if final else "시")


def past(stem: str) -> str:
    """Return the stem with 았/었.

    >>> past("아름답"), past("하"), past("있")
    ('아름다웠', '했', '있었')
    """
    return with_final(joined(stem), "ㅆ")
