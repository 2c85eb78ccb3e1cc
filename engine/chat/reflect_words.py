"""Stems that a sentence given back may end in, by how they take 군요."""

from __future__ import annotations

_FEELINGS = """
외롭 그립 부럽 무섭 두렵 즐겁 괴롭 서럽 부끄럽 고맙 반갑 기쁘 슬프 아프 바쁘 배고프 고프
힘들 싫 귀찮 피곤하 심심하 우울하 불안하 답답하 속상하 행복하 억울하 허전하 초조하 창피하
민망하 미안하 궁금하 쓸쓸하 막막하 후련하 뿌듯하 서운하 섭섭하 졸리 어지럽 걱정스럽 괜찮 싶
"""
_QUALITIES = """
어렵 쉽 귀엽 시끄럽 춥 덥 맵 뜨겁 차갑 무겁 가볍 더럽 아름답 아깝 어둡 가깝 예쁘 나쁘 크 작
많 적 높 낮 길 짧 좁 넓 멀 맛있 맛없 재미있 재밌 재미없 멋있 멋지 비싸 느리 빠르 다르 없 있
늦 밝 맑 조용하 복잡하 이상하 완벽하 대단하 깨끗하 지루하 중요하 필요하 부족하 심하 편하
불편하 신기하 당황스럽 좋
"""
_ACTIONS = """
가 나가 떠나 만나 보 먹 마시 자 일하 공부하 운동하 쉬 이사하 시작하 결혼하 취직하 졸업하 나
오 걸리 듣 울 웃 살 지내 다니 배우 기다리 떨리 설레 걱정되 긴장되 기대되 쓰이 생각나 받 끝나
퇴근하 출근하 놀 먹이 키우 돌보 준비하 싸우 참 굶 모르 내리 불 타 올라가 내려가 돌아가
돌아오 연습하 요리하 청소하 여행하 힘쓰
"""
_OWN = """
마음이 맘이 배가 머리가 기분이 몸이 속이 잠이 목이 허리가 다리가 팔이 눈이 이가 가슴이 손이
발이 용기가 힘이 자신이 걱정이 화가 짜증이 눈물이 의욕이 기운이 생각이 입맛이 돈이 시간이
일이
"""
_DEEDS = """
받 마시 사 팔 잃어버리 잊어버리 놓치 헤어지 싸우 화해하 만나 읽 배우 그만두 다녀오 갔다오 넘어지
망치 합격하 승진하 취직하 취업하 퇴사하 입사하 졸업하 입학하 결혼하 이혼하 이사하 여행하 운동하
공부하 청소하 요리하 실수하 고백하 입양하 실패하 준비하 출근하 퇴근하 산책하 쇼핑하 주문하 포기하
퇴원하 입원하 연습하 다치 속 당하 지각하 예약하 다투 혼나 자르 참 굶 미루
"""

FEELINGS = tuple(_FEELINGS.split())
"""Adjectives of what one feels oneself: with 시 where nobody else is named."""

QUALITIES = tuple(_QUALITIES.split())
"""Adjectives of things."""

ACTIONS = tuple(_ACTIONS.split())
"""Verbs in the present."""

OWN = frozenset(_OWN.split())
"""Subjects that belong to the one who speaks, so that 시 fits all the same."""

DEEDS = tuple(_DEEDS.split())
"""Verbs of what only a person does, whether or not the person is named."""
