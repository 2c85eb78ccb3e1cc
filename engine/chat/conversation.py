"""A conversation: what was said before, and the answer to the next sentence.

In this order: help in a crisis and concern in the turns after, what the user taught, rules
(greetings, thanks, farewell), requests that can be served, sentences that go on from the turn
before, news of a life, a stored pair that is alike, the sentence given back, a new answer.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from engine import emotions
from engine.chat import crisis, generator, listening, requests, retrieval, rules, safety, tone
from engine.chat.events import denies, event
from engine.chat.generator import Written
from engine.chat.reflection import asks, reported
from engine.chat.result import Reply, Turn
from engine.chat.retrieval import (
    ALIKE,
    GENERATOR,
    NAME,
    Found,
    check_taught,
    model_label,
    near,
    plain,
    swapped,
)
from engine.chat.taught import Personal
from engine.chat.words import key
from engine.core.errors import InputError
from engine.emotions import EmotionResult
from engine.models import manifest
from engine.text import normalize as texts

REMEMBERED = 200
"""Turns that are kept; older ones are forgotten."""

_OTHERS, _READ = 4, 2000


class Conversation:
    """One conversation of one user; its methods may be called from one thread at a time.

    Attributes:
        personal: the answers that the user taught.
    """

    def __init__(self, seed: int | None = None, personal: Personal | None = None) -> None:
        self._random = random.Random(seed)
        self._lock = threading.RLock()
        self._turns: list[Turn] = []
        self._taught: list[str] = []
        self.personal = personal or Personal()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said, the oldest turn first."""
        return tuple(self._turns)

    def clear(self) -> None:
        """Forget what was said; what was taught stays."""
        with self._lock:
            self._turns.clear()

    def warm_up(self) -> None:
        """Load what the first answer needs.

        Raises:
            ModelMissingError, ModelCorruptError: a model cannot be loaded.
        """
        emotions.predict("준비")
        retrieval.load().find("준비", 1)

    def resume(self, turns: Sequence[Turn]) -> None:
        """Go on from an earlier conversation."""
        with self._lock:
            self._turns = list(turns)[-REMEMBERED:]

    def say(self, said: str) -> Reply:
        """Answer one sentence.

        Raises:
            InputError: it is empty or longer than ``engine.text.normalize.MAX_CHARACTERS``.
            ModelMissingError, ModelCorruptError: a model cannot be loaded.
            StorageError: it teaches an answer that cannot be kept.
        """
        with self._lock:
            reply = self._reply(texts.check_text(said).strip())
            self._turns = [*self._turns, Turn(said.strip(), reply)][-REMEMBERED:]
            return reply

    def again(self) -> Reply:
        """Answer the last sentence differently; the new answer takes the old one's place.

        Raises:
            InputError: nothing was said yet, or there is no other answer.
        """
        with self._lock:
            if not self._turns:
                raise InputError("아직 나눈 말이 없어요.", "Nothing has been said yet.")
            reply = self._next(self._turns[-1])
            if reply is None:
                raise InputError("다른 답이 없어요.", "There is no other answer.")
            self._turns[-1] = Turn(self._turns[-1].said, reply)
            return reply

    def choose(self, answer: str) -> Reply:
        """Put one of the last turn's alternatives in its answer's place.

        Raises:
            InputError: it is none of them.
        """
        with self._lock:
            last = self._turns[-1] if self._turns else None
            if last is None or answer not in last.reply.alternatives:
                raise InputError("고를 수 없는 답이에요.", "That is none of the alternatives.")
            reply = swapped(last.reply, answer)
            self._turns[-1] = Turn(last.said, reply)
            return reply

    def correct(self, answer: str, said: str | None = None) -> Reply:
        """Teach the answer to *said* (the last sentence when ``None``) and give it.

        Raises:
            InputError: nothing was said yet, or the answer is empty or abusive.
            StorageError: it cannot be kept.
        """
        with self._lock:
            asked = said or (self._turns[-1].said if self._turns else "")
            if not asked:
                raise InputError("아직 나눈 말이 없어요.", "Nothing has been said yet.")
            check_taught(asked, answer)
            self.personal.teach(asked, answer)
            self._taught.append(asked)
            reply = Reply(answer.strip(), "personal", matched=asked, answer=answer.strip())
            if self._turns and self._turns[-1].said == asked:
                self._turns[-1] = Turn(asked, reply)
            return reply

    def undo(self) -> str:
        """Forget what was taught last in this conversation; return the sentence it was for.

        Raises:
            InputError: nothing was taught.
            StorageError: it cannot be written.
        """
        with self._lock:
            if not self._taught:
                raise InputError("되돌릴 것이 없어요.", "There is nothing to undo.")
            self.personal.forget(self._taught[-1])
            return self._taught.pop()

    def _reply(self, said: str) -> Reply:
        if (help_found := crisis.answer(said)) is not None:
            return help_found
        if self._turns and (found := tone.TEACH.match(said)):
            return self._learn(found[1])
        if (concern := crisis.answer_after(said, self._turns, self._random)) is not None:
            return concern
        taught = self.personal.find(said)
        if taught is not None:
            return Reply(taught.answer, "personal", matched=taught.question, answer=taught.answer)
        if self._turns and tone.AGAIN.search(key(said)):
            return self._next(self._turns[-1]) or self._by_rule("unknown", rules.UNKNOWN)
        ruled = rules.ruled(said) or requests.served(said, datetime.now().astimezone())
        ruled = ruled or tone.follow(said, self._turns)
        if ruled is not None:
            return self._by_rule(*ruled)
        if self._turns and tone.MORE.search(key(said)):
            return self._go_on()
        return self._search(said)

    def _learn(self, answer: str) -> Reply:
        self.correct(answer)
        return self._by_rule("taught", [f"네, 다음부터 그렇게 답할게요: {answer.strip()}"])

    def _by_rule(self, name: str, answers: Sequence[str]) -> Reply:
        last = self._last()
        chosen = self._random.choice([one for one in answers if one != last] or list(answers))
        others = tuple(answer for answer in answers if answer != chosen)
        return Reply(chosen, "rule", matched=name, answer=chosen, alternatives=others)

    def _search(self, said: str) -> Reply:
        feeling = emotions.predict(said[-_READ:])
        news = event(said)
        if news is not None:
            return listening.told(said, news, feeling, self._before(), self._random)
        stored = retrieval.load()
        found = self._fresh(stored.find(said, 12))
        if self._turns and (tone.topic_needed(said) or not near(found)):
            found = self._with_topic(said, found)
        label, sure = feeling.label, feeling.confidence
        found = [item for item in found if _told_alike(said, item.question)]
        fit = [item for item in found if tone.fits(label, sure, item.answer)]
        found = fit if near(fit) or not near(found) else found
        if not near(found, ALIKE):
            alike = [item.answer for item in found[:2] if near([item])]
            heard = listening.give_back(said, feeling, self._before(), self._random, alike)
            if heard is not None:
                return heard
        if near(found):
            best, sameness = found[0], stored.chance(found[0].score)
            made = plain(best.answer, "pairs", sameness, best.question, model_label(NAME))
            others = [item.answer for item in found[1:]]
        else:
            if label in tone.HEAVY and sure >= tone.SURE:
                return listening.comfort(feeling, self._before(), self._random)
            written = [] if asks(said) else self._written(said, glad=label == "행복")
            if not written:
                way = ("unable", rules.UNABLE) if asks(said) else ("unknown", rules.UNKNOWN)
                return replace(self._by_rule(*way), emotion=label, sure=sure)
            model = f"{manifest.entry(GENERATOR).label} + {model_label(NAME)}"
            made = plain(written[0].text, "generator", written[0].likelihood, "", model)
            others = [w.text for w in written[1:]] + [item.answer for item in found[:2]]
        lead = "" if asks(said) else self._lead(feeling, made.answer)
        kept, text = tuple(dict.fromkeys(others))[:_OTHERS], f"{lead} {made.answer}".strip()
        return replace(made, text=text, emotion=label, sure=sure, alternatives=kept)

    def _written(self, said: str, glad: bool) -> list[Written]:
        found, last = generator.load().answers(said), self._last()
        return [w for w in found if generator.invites(w.text, glad) and w.text != last]

    def _lead(self, feeling: EmotionResult, answer: str) -> str:
        said = self._turns[-1].reply.text if self._turns else ""
        return tone.lead(feeling.label, feeling.confidence, answer, said, self._random)

    def _fresh(self, found: list[Found]) -> list[Found]:
        """Leave out what was answered in the last two turns, and what scolds."""
        said = {turn.reply.answer for turn in self._turns[-2:]}
        return [x for x in found if x.answer not in said and not safety.blunt(x.answer)]

    def _with_topic(self, said: str, found: list[Found]) -> list[Found]:
        """Search with the sentence before, and keep that if it fits clearly better."""
        before = self._turns[-1].said
        if self._turns[-1].reply.source == "rule" or len(before) > 60:
            return found
        joined = self._fresh(retrieval.load().find(f"{before} {said}", 12))
        better = joined and (not found or joined[0].score > found[0].score + 0.1)
        return joined if better else found

    def _go_on(self) -> Reply:
        """Say the next of the last turn's alternatives, or ask for more."""
        last = self._turns[-1].reply
        if last.source == "rule" or not last.alternatives:
            return self._by_rule("more", ("네, 이어서 말씀해 주세요.", "조금 더 들려주실래요?"))
        return swapped(replace(last, emotion="", sure=0.0), last.alternatives[0])

    def _next(self, turn: Turn) -> Reply | None:
        if not turn.reply.alternatives:
            return None
        return swapped(turn.reply, turn.reply.alternatives[0])

    def _before(self) -> Reply | None:
        return self._turns[-1].reply if self._turns else None

    def _last(self) -> str:
        return last.answer if (last := self._before()) else ""


def _told_alike(said: str, question: str) -> bool:
    """Whether a stored question denies, or gives back what others said, just as *said* does."""
    return denies(said) == denies(question) and reported(said) <= reported(question)
