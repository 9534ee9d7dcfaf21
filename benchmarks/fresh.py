"""Work in a process of its own, so that nothing done before it costs or spares it anything."""

import gc
import resource
from collections.abc import Callable
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import NamedTuple


class Cost(NamedTuple):
    """What some work took. Processor time, unlike wall time, does not grow on a busy machine."""

    processor: float  # seconds
    wall: float  # seconds
    megabytes: float  # at most, with all that was loaded before


def cost(prepare: Callable[..., Callable[[], object]], *given: object) -> Cost:
    """The cost of what `prepare(*given)` gives back; the preparing itself is not measured."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_cost, (prepare, given))


def _cost(prepare: Callable[..., Callable[[], object]], given: tuple[object, ...]) -> Cost:
    work = prepare(*given)
    gc.collect()
    processor, wall = process_time(), perf_counter()
    work()
    spent = process_time() - processor, perf_counter() - wall
    return Cost(*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
