"""Every word of a report that is not data, in Korean and in English."""

from __future__ import annotations

from engine.core.errors import Message

WORDS: dict[str, Message] = {
    "kind": Message("모델 보고서", "Model report"),
    "model": Message("모델", "Model"),
    "mode": Message("방식", "Mode"),
    "made": Message("만든 때", "Made"),
    "summary": Message("한눈에 보기", "At a glance"),
    "accuracy": Message("정확도", "Accuracy"),
    "interval": Message("95% 구간 {low}–{high}", "95% interval {low}–{high}"),
    "balanced": Message("균형 정확도", "Balanced accuracy"),
    "balanced_hint": Message("라벨마다 같은 무게", "every label counts the same"),
    "macro_f1": Message("매크로 F1", "Macro F1"),
    "macro_hint": Message("라벨별 F1의 평균", "mean F1 of the labels"),
    "ece": Message("보정 오차 (ECE)", "Calibration error (ECE)"),
    "ece_hint": Message("확신과 실제의 차이", "confidence against truth"),
    "items": Message("평가한 항목", "Items scored"),
    "unanswered_hint": Message("답하지 못함 {n}개", "{n} without an answer"),
    "speed": Message("항목당 시간", "Time an item"),
    "speed_hint": Message("이 컴퓨터에서", "on this computer"),
    "stars_mae": Message("별점 오차 (MAE)", "Stars off by (MAE)"),
    "stars_hint": Message("별 5개 만점, {n}개", "of five stars, {n} items"),
    "kappa": Message("이차 가중 카파", "Quadratic kappa"),
    "kappa_hint": Message("평점과 별점의 일치", "ratings against stars"),
    "sentence": Message(
        "{n}개 가운데 {right}개를 맞혔어요. 확신은 실제로 맞는 비율과 평균 {ece}p 어긋나요.",
        "{right} of {n} are right. Confidence is off by {ece} on average.",
    ),
    "confusion": Message("혼동 행렬", "Confusion matrix"),
    "confusion_text": Message(
        "줄은 정답, 칸은 모델의 답이에요. 색과 비율은 그 정답 안에서의 몫이에요.",
        "Rows are the right labels, columns the answers; colour and share are within a row.",
    ),
    "truth": Message("정답", "Truth"),
    "answer": Message("모델의 답", "Answer"),
    "no_answer": Message("답 없음", "no answer"),
    "reliability": Message("신뢰도 그림", "Reliability diagram"),
    "reliability_text": Message(
        "막대가 점선에 가까울수록 확신한 만큼 맞아요. 아래는 확신마다의 답 수예요.",
        "The closer the bars are to the dashed line, the better confidence can be believed. "
        "Below: how many answers were that sure.",
    ),
    "confidence": Message("확신", "Confidence"),
    "count": Message("개수", "Count"),
    "perfect": Message("확신 = 정확도", "confidence = accuracy"),
    "per_class": Message("라벨별 성적", "Classification report"),
    "per_class_text": Message(
        "정밀도는 그 라벨이라고 한 답 가운데 맞은 몫, 재현율은 그 라벨인 것을 찾아낸 몫이에요.",
        "Precision: share of such answers that are right. Recall: share of such items found.",
    ),
    "label": Message("라벨", "Label"),
    "precision": Message("정밀도", "Precision"),
    "recall": Message("재현율", "Recall"),
    "f1": Message("F1", "F1"),
    "support": Message("개수", "Support"),
    "macro_average": Message("매크로 평균", "Macro average"),
    "weighted_average": Message("가중 평균", "Weighted average"),
    "coverage": Message("확실한 것만 답한다면", "Answering only when sure"),
    "coverage_text": Message(
        "자신 있는 답부터 차례로 받아들일 때, 얼마나 답하고 그 가운데 얼마나 맞는지예요.",
        "The surest answers first: how many are answered, and how many of those are right.",
    ),
    "coverage_axis": Message("답한 비율", "Share answered"),
    "coverage_accuracy": Message("그 답의 정확도", "Accuracy of those"),
    "stars": Message("별점", "Stars"),
    "stars_text": Message(
        "사람이 준 평점과 모델의 별점이에요. 원이 클수록 많고, 선은 별점의 평균이에요.",
        "People's ratings and the model's stars. Larger circles are more; the line is the mean.",
    ),
    "three_way": Message("세 갈래 판단", "Three-way verdict"),
    "three_way_text": Message(
        "평점 1–4는 부정, 5–8은 중립, 9–10은 긍정이에요. 정확도 {accuracy}, 매크로 F1 {f1}.",
        "Ratings 1–4 are 부정, 5–8 중립, 9–10 긍정. Accuracy {accuracy}, macro F1 {f1}.",
    ),
    "rating": Message("사람의 평점 (10점)", "Rating (of 10)"),
    "stars_axis": Message("모델의 별점 (5개)", "Stars (of 5)"),
    "mistakes": Message("가장 자신 있게 틀린 것", "Hardest mistakes"),
    "mistakes_text": Message(
        "틀린 답 {n}개 가운데 확신이 가장 컸던 {shown}개예요. 라벨이 틀렸을 수도 있어요.",
        "The {shown} surest of {n} wrong answers. The label may be what is wrong.",
    ),
    "mistakes_none": Message("틀린 답이 없어요.", "No answer is wrong."),
    "item": Message("항목", "Item"),
    "data": Message("자료", "Data"),
    "files": Message("파일", "Files"),
    "scored": Message("라벨이 있는 항목", "Items with a label"),
    "rated_only": Message("별점에만 쓴 항목", "Items for the stars only"),
    "unlabelled": Message("라벨이 빈 줄", "Rows without a label"),
    "unknown": Message("모르는 라벨이라 뺀 줄", "Rows of unknown labels, left out"),
    "unanswered": Message("답하지 못한 항목", "Items without an answer"),
    "limit": Message("읽은 개수의 한도", "Limit on the items read"),
    "balance": Message("라벨의 분포", "Labels"),
    "absent": Message("이 자료에 없는 라벨: {labels}", "Labels not in this data: {labels}"),
    "one_class": Message(
        "자료에 라벨이 '{label}' 하나뿐이라, 다른 라벨을 얼마나 구별하는지는 알 수 없어요.",
        "All items are '{label}', so how well labels are told apart cannot be seen.",
    ),
    "unanswered_note": Message(
        "답하지 못한 항목은 틀린 것으로 세고, 보정 오차에서는 빼요.",
        "Items without an answer count as wrong; the calibration error leaves them out.",
    ),
    "few_note": Message(
        "항목이 {n}개뿐이라 숫자가 크게 흔들려요.",
        "With only {n} items the figures are shaky.",
    ),
    "card": Message("모델 카드", "Model card"),
    "card_none": Message("이 모델의 카드가 없어요.", "This model has no card."),
    "repeat": Message("다시 만들기", "How to repeat it"),
    "repeat_text": Message(
        "자료가 있는 폴더에서 이 명령을 실행하면 같은 숫자가 나와요.",
        "Run in the folder of the data, this command gives the same figures.",
    ),
    "environment": Message("환경", "Environment"),
    "private": Message(
        "모든 계산은 이 컴퓨터 안에서 이루어졌어요. 보고서에는 자료의 일부가 들어 있어요.",
        "All was computed on this computer. The report holds a part of the data.",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """Return the words called *key* in *language*, filled in."""
    text = WORDS[key].text(language)
    return text.format(**values) if values else text
