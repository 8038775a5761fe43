from concurrent.futures import ThreadPoolExecutor

from kyodo_analysis.words.threads import one_per_thread


def test_each_thread_has_its_own_made_once_for_each_argument():
    give = one_per_thread(lambda word: [word])
    here, again, other = give("橋"), give("橋"), give("道")
    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(give, "橋").result()
    assert here is again
    assert (here, other, there) == (["橋"], ["道"], ["橋"])
    assert there is not here
