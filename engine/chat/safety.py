"""Which answers a program may give: none that claims a human life, hurts, abuses or scolds."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HUMAN = re.compile(
    r"저도 (?:종종 울|항상 헤어|진짜 힘들었|썸|상처|받아들이|매일|가끔|그럴 때|참 힘|너무 힘"
    r"|사는데|밥|커피|드라마|딸기|그런 사람|데려|보고 싶|좋아해|좋아합|타고|영화|하나|사랑해"
    r"|싫|부러|긴장|슬퍼|당신이|즐거|어려운 게|없어|해보고 싶네"
    r"|떨리|두근|해보고 싶은 알바|헤어진|쉬고|받고|배워|하고 싶|그러고 싶|궁금해서|같이 가)"
    r"|^저도요|(?:저는|전) (?:주당|짝사랑|자장면|둘이|생각을 덜|저에게 투자|돈이|생각보다|다른 일"
    r"|술을|항상|버리는)"
    r"|제가 (?:당신을 좋|영원|상사|별이|생각해도|더 떨|더 천재|알면)"
    r"|저랑 (?:한 ?잔|하세요|함께 해)|같이 가요|^저 (?:주세요|나가)|저 좀 소개|저도 소개"
    r"|나도 (?:아프|우울)|않았던 걸요|던 걸요|결혼할 때|^저랑 놀아서"
)
_BLUNT = re.compile(
    r"^(?:안됐네|유유상종|조심했어야|이유가 있지 않|외로우니까 사람|마음으로 바람|질척|딱 질투"
    r"|벌면 돼|거짓말 적당|이제 취업|철 들고|주제를|환장을|헛된 희망|후회해도|미련한|바보의"
    r"|나쁜놈|벌 받을|저는 (?:배터리|별로|비추|오래|사람으로|성이|좋아요|힘들다고)"
    r"|저랑 (?:같이 )?놀|알면 제가|제 (?:선물|생일|얼굴|곁은|맘도)|제가 (?:그럴 위치|따라가)"
    r"|왜 말을 못|설마 기억|일에 질투|저도 (?:좋아요|같이|듣고)|깨가 쏟아)"
    r"|정신 ?차리세요|바보같이|망상"
)
_HARSH = re.compile(r"병신|쓰레기|쉽게 죽지|꺼지|닥치|미친|멍청|한심|못생|뚱뚱|죽어|죽는")


def presentable(answer: str) -> bool:
    """Whether the program may say it.

    >>> presentable("저도 커피 좋아해요."), presentable("푹 쉬세요.")
    (False, True)
    """
    return not _HUMAN.search(answer) and not _HARSH.search(answer)


def blunt(answer: str) -> bool:
    """Whether a stored answer scolds, scoffs or boasts where somebody wants to be heard.

    Such pairs stay in the index, whose figures count them, but are not said.

    >>> blunt("조심했어야죠!"), blunt("다음에는 잘될 거예요.")
    (True, False)
    """
    return bool(_BLUNT.search(answer))


def kind(answers: Sequence[str]) -> list[str]:
    """Return the answers that are presentable and that nothing unkind is found in."""
    from engine.text import kindness

    fit = [answer for answer in answers if presentable(answer)]
    return [a for a, found in zip(fit, kindness.check(fit), strict=True) if found.kind]
