"""What `tools/rakit` and the test harness share: cpio writing, VM control, verdicts. Standard library only."""
