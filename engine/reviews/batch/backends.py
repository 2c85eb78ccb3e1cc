"""Where chunks are judged: in this process, in others, on a cluster; always in order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager
from typing import Any

from engine.core.errors import InputError, MaumgyeolError
from engine.core.jobs import Cancelled, Progress
from engine.reviews.batch import scoring
from engine.reviews.batch.plan import BACKENDS, Plan
from engine.reviews.batch.scoring import Answers

CONNECT_SECONDS = 10
"""How long a Dask scheduler may take to answer."""

_TICK = 0.1

Judge = Callable[[Sequence[list[str]], Progress], Iterable[Answers]]
"""Takes the texts of some chunks, yields their answers in the same order."""


@contextmanager
def judge(plan: Plan) -> Iterator[tuple[Judge, int]]:
    """Yield what judges chunks by the plan's backend, and how many it takes at a time.

    Raises:
        InputError: the backend is unknown, not installed, or cannot be reached.
    """
    if plan.backend not in BACKENDS:
        known = ", ".join(BACKENDS)
        raise InputError(
            f"모르는 실행 방식이에요: {plan.backend} (있는 것: {known})",
            f"Unknown backend {plan.backend}; known: {known}",
        )
    jobs = plan.jobs or (1 if plan.backend == "threads" else os.cpu_count() or 1)
    if plan.backend != "threads" and getattr(sys, "frozen", False):
        raise InputError(
            f"설치판에서는 다른 프로세스({plan.backend})를 쓸 수 없어요. threads로 해 주세요.",
            f"The packaged program cannot start workers ({plan.backend}); use threads, or "
            "install it with pip.",
        )
    if plan.backend == "threads" and jobs == 1:
        yield _here(plan.mode), 1
        return
    with ExitStack() as stack:
        if plan.backend == "dask":
            jobs = stack.enter_context(_dask(plan, jobs))
        elif plan.backend == "ray":
            _ray()
        from joblib import Parallel, parallel_config

        name = "threading" if plan.backend == "threads" else plan.backend
        stack.enter_context(parallel_config(backend=name, n_jobs=jobs))
        pool = stack.enter_context(Parallel(n_jobs=jobs))
        spread = _spread_here if plan.backend == "threads" else _spread_out
        yield spread(pool, plan.mode), 2 * jobs


def _here(mode: str) -> Judge:
    def run(chunks: Sequence[list[str]], progress: Progress) -> Iterator[Answers]:
        for texts in chunks:
            yield scoring.score(texts, mode, progress)

    return run


def _spread_here(pool: Any, mode: str) -> Judge:
    """Judge in threads, which see for themselves that the batch was cancelled."""
    from joblib import delayed

    def run(chunks: Sequence[list[str]], progress: Progress) -> list[Answers]:
        return list(pool(delayed(scoring.score)(texts, mode, progress) for texts in chunks))

    return run


def _spread_out(pool: Any, mode: str) -> Judge:
    """Judge in other processes, which may die, hang or be far away."""
    from joblib import delayed

    def run(chunks: Sequence[list[str]], progress: Progress) -> list[Answers]:
        tasks = [delayed(scoring.score)(texts, mode) for texts in chunks]
        try:
            return _awaited(lambda: list(pool(tasks)), progress)
        except (MaumgyeolError, Cancelled):
            raise
        except Exception as error:  # each library has its own for a worker that died
            progress.raise_if_cancelled()  # Ctrl-C in a terminal ends the workers too
            raise InputError(
                f"작업자가 멈췄어요 ({error}). 저장된 데부터 이어서 다시 해 주세요.",
                f"A worker failed ({type(error).__name__}: {error}). What was judged is kept; "
                "resume the batch.",
            ) from error

    return run


def _awaited(call: Callable[[], list[Answers]], progress: Progress) -> list[Answers]:
    """Return what *call* returns, or leave it behind when *progress* is cancelled."""
    answer: Future[list[Answers]] = Future()

    def work() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=work, name="batch-workers", daemon=True).start()
    while not wait([answer], timeout=_TICK).done:
        progress.raise_if_cancelled()
    return answer.result()


@contextmanager
def _dask(plan: Plan, jobs: int) -> Iterator[int]:
    """Yield the number of workers of a cluster that is connected."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise _not_installed("dask", 'pip install "dask[distributed]"') from error
    with ExitStack() as stack:
        if plan.scheduler is None:
            with _deaf_children():
                local = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
            client = stack.enter_context(Client(stack.enter_context(local)))
        else:
            try:
                client = stack.enter_context(Client(plan.scheduler, timeout=CONNECT_SECONDS))
            except (OSError, TimeoutError, ValueError) as error:
                raise InputError(
                    f"Dask 스케줄러에 연결할 수 없어요: {plan.scheduler}",
                    f"Cannot reach the Dask scheduler {plan.scheduler}: {error}",
                ) from error
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise InputError(
                f"Dask 클러스터에 작업자가 없어요: {plan.scheduler}",
                f"The Dask cluster {plan.scheduler} has no workers.",
            )
        yield workers


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that start now leave Ctrl-C to this one, which ends them in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ray() -> None:
    try:
        from ray.util.joblib import register_ray
    except ImportError as error:
        raise _not_installed("ray", "pip install ray") from error
    register_ray()


def _not_installed(name: str, command: str) -> InputError:
    return InputError(
        f"{name}이(가) 설치되어 있지 않아요. 이렇게 설치해 주세요: {command}",
        f"{name} is not installed. Install it: {command}",
    )
