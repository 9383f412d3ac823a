"""What can end a test other than its own assertion."""

VERDICTS = ("pass", "fail", "skip", "panic", "triple-fault", "hang", "timeout", "build-error", "setup-error")


class Trouble(Exception):
    """Raised with one of VERDICTS and an explanation."""

    def __init__(self, verdict, explanation):
        assert verdict in VERDICTS, verdict
        super().__init__(f"{verdict}: {explanation}")
        self.verdict = verdict
