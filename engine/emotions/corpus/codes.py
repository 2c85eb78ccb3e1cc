"""The 60 emotion codes of AI Hub's 감성대화말뭉치, their names and their six groups."""

from __future__ import annotations

import re

from engine.text.normalize import canonical

GROUPS = ("분노", "슬픔", "불안", "상처", "당황", "기쁨")
"""Groups in the order of the codes' first digit, 1 to 6."""

_NAMES = (
    "분노 툴툴대는 좌절한 짜증내는 방어적인 악의적인 안달하는 구역질_나는 노여워하는 성가신",
    "슬픔 실망한 비통한 후회되는 우울한 마비된 염세적인 눈물이_나는 낙담한 환멸을_느끼는",
    "불안 두려운 스트레스_받는 취약한 혼란스러운 당혹스러운 회의적인 걱정스러운 조심스러운 초조한",
    "상처 질투하는 배신당한 고립된 충격_받은 가난한,_불우한 희생된 억울한 괴로워하는 버려진",
    "당황 고립된(당황한) 남의_시선을_의식하는 외로운 열등감 죄책감의 부끄러운 혐오스러운 한심한"
    " 혼란스러운(당황한)",
    "기쁨 감사하는 신뢰하는 편안한 만족스러운 흥분 느긋 안도 신이_난 자신하는",
)

NAMES: dict[str, str] = {
    f"E{ten}{one}": name.replace("_", " ")
    for ten, row in enumerate(_NAMES, 1)
    for one, name in enumerate(row.split())
}
"""Korean name by code, E10 to E69, in order; the code that ends in 0 is the group itself."""

_CODE = re.compile(r"(?:.*[_\-\s])?(E[1-6][0-9])", re.DOTALL)
_LONGEST = 64


def _plain(label: str) -> str:
    return re.sub(r"[\W_]", "", canonical(label))


_BY_NAME = {_plain(name): code for code, name in NAMES.items()} | {
    "가난한": "E45",
    "불우한": "E45",
}
_IN_GROUP = {("고립된", "당황"): "E51", ("혼란스러운", "당황"): "E59"}
"""Names that the corpus uses in two groups; alone they mean the group that comes first."""


def group_of(code: str) -> str:
    """Return the group of a code.

    >>> group_of("E18"), group_of("E60")
    ('분노', '기쁨')
    """
    return GROUPS[int(code[1]) - 1]


def code_of(label: str, group: str = "") -> str | None:
    """Return the code that *label* stands for: a code, an emotion-id or a Korean name.

    *group* tells apart the two names that occur in two groups.

    >>> code_of("e18"), code_of("S06_D02_E31"), code_of("가난한, 불우한"), code_of("행복")
    ('E18', 'E31', 'E45', None)
    >>> code_of("고립된"), code_of("고립된", "당황")
    ('E43', 'E51')
    """
    label = label.strip()
    if len(label) > _LONGEST:
        return None
    if found := _CODE.fullmatch(canonical(label).upper()):
        return found[1]
    name = _plain(label)
    return _IN_GROUP.get((name, _plain(group))) or _BY_NAME.get(name)
