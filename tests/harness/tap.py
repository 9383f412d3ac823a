"""Read TAP 14."""
import re
from dataclasses import dataclass, field


@dataclass
class Point:
    ok: bool
    number: int
    name: str
    skipped: bool = False
    notes: list = field(default_factory=list)

    def __str__(self):
        return f"{'ok' if self.ok else 'not ok'} {self.number} - {self.name}\n" + "\n".join(self.notes)


_POINT = re.compile(r"(not )?ok\b\s*(\d+)?\s*-?\s*([^#]*)(#.*)?$")


def parse_tap(text):
    """Returns the points; raises ValueError where the plan is missing or does not match (a report cut short)."""
    points, notes, plan = [], [], None
    for line in text.splitlines():
        if line.startswith("1.."):
            plan = int(line[3:].split()[0])
            continue
        match = _POINT.match(line)
        if match:
            directive = (match.group(4) or "").lower()
            points.append(Point(match.group(1) is None, int(match.group(2) or len(points) + 1), match.group(3).strip(),
                                directive.startswith("# skip"), notes))
            notes = []
        elif line.startswith("#"):
            notes.append(line)
        elif line.startswith("Bail out!"):
            raise ValueError(line)
    if plan is None or plan != len(points):
        raise ValueError(f"TAP plan {plan}, {len(points)} points: the report is cut short")
    return points
