"""A run that finds its state folder empty is as good as any: the workbook's own tabs remember."""

from benchmarks.year.forgetful import compared


def test_an_empty_state_folder_in_each_run_sends_the_same_mails_and_none_twice() -> None:
    """Some days of an office, a run every two hours; what differs is named."""
    runs = list(compared(days=7, cases_per_day=3.0, seed=4, every=120))
    assert [(kept, lost) for kept, lost in runs if kept != lost] == []
    mails = [each for _, lost in runs for each in lost]
    assert len(mails) > 15
    assert len({(each.to, each.text) for each in mails}) == len(mails)
