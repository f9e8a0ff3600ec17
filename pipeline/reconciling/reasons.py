"""Why an issue is open, or is not, in half a sentence for `plan`; pure."""

from pipeline.model import Schedule, Status, Touch


def why(touch: Touch) -> str:
    """Say why a follow-up is open."""
    said = "; ".join(each.rstrip(".") for each in touch.reasons)
    return said or f"meant for {touch.target_on}"


_STATUS_WORDS = {
    Status.STOPPED: "they asked not to be written to",
    Status.WON: "you were hired there",
    Status.ENDED: "you let it rest",
    Status.RESTING: "you found work elsewhere",
    Status.INTERVIEWING: "you are talking with them",
    Status.UNREACHABLE: "the address no longer works",
    Status.PAUSED: "it is paused",
    Status.SELF_ONLY: "only the look back is planned",
    Status.ACTIVE: "something else comes first",
}


def why_not(plan: Schedule, slug: str) -> str:
    """Say why a person has none of that kind now."""
    found = plan.standings.get(slug)
    return _STATUS_WORDS[found.status] if found else "nothing has happened yet"
