"""Work on several things at once, on all cores."""

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children
from typing import Any, TypeVar

T = TypeVar("T")


def at_once(
    work: Callable[..., T], jobs: Sequence[tuple[Any, ...]], few: int = 1, begin: Callable[..., None] | None = None, *given: Any
) -> Iterator[T]:
    """What the work gives for each job, in their order; `begin` is called once with `given` wherever work is done.

    So `few` jobs, or all where there is one core, are done right here, since others would take time to begin. Raises what work raises.
    """
    if not jobs:
        return
    if len(jobs) <= few or (os.cpu_count() or 1) == 1:
        if begin:
            begin(*given)
        yield from (work(*job) for job in jobs)
    else:
        with ProcessPoolExecutor(initializer=_begun, initargs=(begin, given)) as pool:
            try:
                yield from pool.map(_unpacked, _packed(work, jobs))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise


def _packed(work: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> list[bytes]:
    """The jobs as they are now. A pool would pack most of them later, in a thread, while whoever began them changes what they hold:
    even a frozen record notes what was worked out of it. On one core a job is done with what it holds when its turn comes."""
    return [pickle.dumps((work, job), pickle.HIGHEST_PROTOCOL) for job in jobs]


def _unpacked(packed: bytes) -> Any:
    work, job = pickle.loads(packed)  # packed a moment ago by whoever began this process
    return work(*job)


def _begun(begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    """Begins in a process of its own, which does so much that it has to look for garbage, even if whoever began it does not."""
    gc.enable()
    if begin:
        begin(*given)


@contextmanager
def meanwhile(work: Callable[..., T], jobs: Sequence[tuple[Any, ...]], *, programs: bool = False) -> Iterator[Iterator[T]]:
    """Has the jobs done on all cores while the body of `with` runs, which asks for what the work gave, in their order, when it needs it.

    Where there is one core, each is done when it is asked for. All are done when the body ends. Where one fails, those that are at
    work are ended, but if they start `programs`, which would go on without them, they are waited for.
    """
    if (os.cpu_count() or 1) == 1 or not jobs:
        given = (work(*job) for job in jobs)
        yield given
        for _ in given:
            pass
        return
    with ProcessPoolExecutor() as pool:
        begun = [pool.submit(_unpacked, job) for job in _packed(work, jobs)]
        try:
            yield (each.result() for each in begun)
            for each in begun:
                each.result()
        except BaseException:
            for process in () if programs else active_children():  # nobody wants what they are at
                process.terminate()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def in_batches(jobs: Sequence[T], most: int) -> list[Sequence[T]]:
    """The jobs in batches of nearly one size, none larger than `most`, so many that every core has as much to do."""
    cores = os.cpu_count() or 1
    count = min(len(jobs), cores * -(-len(jobs) // (most * cores)))
    return [jobs[len(jobs) * at // count : len(jobs) * (at + 1) // count] for at in range(count)]
