"""The bounded queue and the memory gate between threads."""

from __future__ import annotations

import threading
import time

import pytest

from app.workers.channel import Channel, MemoryGate, Stopped


def test_items_of_several_senders_all_arrive_and_then_it_ends() -> None:
    channel: Channel[int] = Channel(senders=3, size=2)
    got: list[int] = []
    lock = threading.Lock()

    def send(start: int) -> None:
        for n in range(start, start + 100):
            channel.put(n)
        channel.close()

    def receive() -> None:
        for item in channel:
            with lock:
                got.append(item)

    threads = [threading.Thread(target=send, args=(n * 100,)) for n in range(3)]
    threads += [threading.Thread(target=receive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert sorted(got) == list(range(300))


def test_a_sender_waits_while_it_is_full() -> None:
    channel: Channel[int] = Channel(senders=1, size=2)
    sent: list[int] = []

    def send() -> None:
        for n in range(5):
            channel.put(n)
            sent.append(n)
        channel.close()

    thread = threading.Thread(target=send)
    thread.start()
    time.sleep(0.1)
    assert sent == [0, 1]
    assert list(channel) == [0, 1, 2, 3, 4]
    thread.join(10)


def test_cancelling_wakes_everybody() -> None:
    full: Channel[int] = Channel(senders=1, size=1)
    empty: Channel[int] = Channel(senders=1, size=1)
    full.put(1)
    raised: list[BaseException] = []

    def send() -> None:
        try:
            full.put(2)
        except Stopped as error:
            raised.append(error)

    threads = [threading.Thread(target=send), threading.Thread(target=lambda: list(empty))]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    full.cancel()
    empty.cancel()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
    assert len(raised) == 1
    assert list(full) == []


def test_the_gate_lets_large_ones_through_alone() -> None:
    gate = MemoryGate(100)
    inside, most = [0], [0]
    lock = threading.Lock()

    def work(size: int) -> None:
        with gate.holding(size):
            with lock:
                inside[0] += size
                most[0] = max(most[0], inside[0])
            time.sleep(0.005)
            with lock:
                inside[0] -= size

    threads = [threading.Thread(target=work, args=(size,)) for size in [60, 500, 30, 70, 500, 40]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert most[0] == 500, "a photo larger than the limit is decoded, but with no other beside it"


def test_the_gate_is_opened_again_after_an_error() -> None:
    gate = MemoryGate(10)
    with pytest.raises(RuntimeError), gate.holding(10):
        raise RuntimeError
    with gate.holding(10):
        pass


def test_what_waits_is_taken_without_waiting_for_more() -> None:
    channel: Channel[int] = Channel(1, 3)
    assert channel.take_waiting(5) == []
    for n in range(3):
        channel.put(n)
    channel.put_first(9)

    assert channel.take_waiting(0) == []
    assert channel.take_waiting(2) == [9, 0]
    assert channel.take_waiting(5) == [1, 2]


def test_a_wider_channel_lets_those_in_who_wait() -> None:
    channel: Channel[int] = Channel(1, 1)
    channel.put(1)
    waiting = threading.Thread(target=lambda: channel.put(2), daemon=True)
    waiting.start()

    channel.widen(2)

    waiting.join(10)
    assert not waiting.is_alive()
    assert channel.take_waiting(9) == [1, 2]
    channel.widen(1)  # never narrower
    channel.put(3)
    channel.put(4)
