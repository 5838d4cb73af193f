"""Work on several things at once, on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def at_once(
    work: Callable[..., T], jobs: Sequence[tuple[Any, ...]], few: int = 1, begin: Callable[..., None] | None = None, *given: Any
) -> Iterator[T]:
    """What the work gives for each job, in their order; `begin` is called once with `given` wherever work is done.

    So `few` jobs, or all where there is one core, are done right here, since others would take time to begin. Raises what work raises.
    """
    if len(jobs) <= few or (os.cpu_count() or 1) == 1:
        if begin:
            begin(*given)
        yield from (work(*job) for job in jobs)
    else:
        with ProcessPoolExecutor(initializer=begin, initargs=given) as pool:
            try:
                yield from pool.map(work, *zip(*jobs, strict=True))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
