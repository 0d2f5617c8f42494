"""Proposals from a resume as a profile that `roadmap plan --profile` accepts, the words behind each in comments."""

import json
from collections.abc import Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import LONGEST_TEXT, usual_levels
from roadmap.model.resume import STATED, Found, Imported, Proof
from roadmap.render.clean import clean, shorten
from roadmap.render.data import json_text, pick
from roadmap.render.numbers import LEVEL_NAMES, day, listing, plural

LONGEST_PROOF = 160
MOST_SHOWN = 2


def profile_answers(found: Imported, catalogue: Catalogue, role: str | None = None) -> dict[str, object]:
    """What a profile file would hold, for somebody who starts from `role` instead of the guessed one, if given."""
    start = role if role is not None and role in catalogue.roles else found.role
    background = tuple(b for b in found.background if fits(catalogue, b, start))
    levels = found.levels(usual_levels(catalogue.roles[start], background, catalogue))
    answers: dict[str, object] = {"role": start}
    if name := clean(found.name)[:LONGEST_TEXT]:
        answers["name"] = name
    if background:
        answers["background"] = list(background)
    if found.holds:
        answers["holds"] = [catalogue.certifications[c].label for c in found.holds]
    if levels:
        answers["skills"] = levels
    return answers


def fits(catalogue: Catalogue, background: str, role: str) -> bool:
    """Whether a background goes with a starting role: every occupation does, a kind of engineer only with its own."""
    known = catalogue.backgrounds[background]
    return known.kind == "occupation" or not known.starts or role in known.starts


def usual(found: Imported, catalogue: Catalogue) -> dict[str, int]:
    """What somebody of the guessed role and background usually knows."""
    background = tuple(b for b in found.background if fits(catalogue, b, found.role))
    return usual_levels(catalogue.roles[found.role], background, catalogue)


def imported_yaml(found: Imported, catalogue: Catalogue, source: str, today: date) -> str:
    """The profile as YAML: proposals, each with its proof in a comment."""
    answers = profile_answers(found, catalogue)
    levels = found.levels(usual(found, catalogue))
    lines = [
        f"# Proposals read from {_comment(source)} ({found.kind}) on {day(today)}: correct what is wrong.",
        *(f"# {g.level} {LEVEL_NAMES[g.level]}: {_comment(g.because)}" for g in catalogue.grades.values()),
        f"# {len(LEVEL_NAMES) - 1} {LEVEL_NAMES[-1]}: only by your own word.",
        f"role: {_scalar(answers['role'])}  # {_why_role(found, catalogue)}",
    ]
    if "name" in answers:
        lines.append(f"name: {_scalar(answers['name'])}")
    if "background" in answers:
        lines.append("background:")
        lines += [
            f"  - {_scalar(b)}  # {_proof(p)}" for b, p in found.background.items() if fits(catalogue, b, found.role)
        ]
    if found.holds:
        lines.append("holds:")
        lines += [
            f"  - {_scalar(catalogue.certifications[c].label)}  # {_proof(proof)}" for c, proof in found.holds.items()
        ]
    if levels:
        lines.append("skills:")
        lines += [f"  {_skill(s, found.skills[s])}" for s in levels]
    lower = [s for s in found.skills if s not in levels]
    if lower:
        lines.append("# Found as well, no higher than your role usually brings; take one in where that is too much:")
        lines += [f"#  {_skill(s, found.skills[s])}" for s in lower]
    lines += [f"# Note: {_comment(note)}." for note in found.notes]
    return "\n".join(lines) + "\n"


def imported_json(found: Imported, catalogue: Catalogue) -> str:
    """The same profile as JSON, which has no place for comments."""
    return json_text(profile_answers(found, catalogue))


def findings_json(found: Imported, catalogue: Catalogue) -> str:
    """Everything found with its proofs, also what the profile leaves to the role."""
    levels = found.levels(usual(found, catalogue))
    data = {
        "kind": found.kind,
        "profile": profile_answers(found, catalogue),
        "role_proof": _proof_data(found.role_proof) if found.role_proof else None,
        "background": {b: _proof_data(p) for b, p in found.background.items()},
        "holds": {c: _proof_data(p) for c, p in found.holds.items()},
        "skills": {
            s: {
                **pick(f, "level", "grade"),
                "in_profile": s in levels,
                "proofs": [_proof_data(p) for p in f.proofs],
            }
            for s, f in found.skills.items()
        },
        "notes": [clean(note) for note in found.notes],
    }
    return json_text(data)


def imported_summary(found: Imported, catalogue: Catalogue, *, guess: bool = True) -> str:
    """What was found, in a line for stderr; without `guess` nothing about the role."""
    raised = len(found.levels(usual(found, catalogue)))
    said = [plural(len(found.skills), "skill"), f"{raised} of them other than your role usually brings"]
    held = [catalogue.certifications[c].label for c in found.holds]
    said += [f"held: {listing(held)}"] if held else []
    done = [catalogue.backgrounds[b].name for b in found.background]
    said += [f"background: {listing(done)}"] if done else []
    why = "as a guess" if found.role_proof else "because no job title says otherwise"
    role = f"; role {found.role} {why}" if guess else ""
    asked = "" if found.role_proof or not guess else f" {which_role(catalogue)}"
    return f"Read a resume ({clean(found.kind)}): {', '.join(said)}{role}.{asked}"


def which_role(catalogue: Catalogue) -> str:
    """The question that a resume without a known job title leaves open."""
    starts = ", ".join(r.id for r in catalogue.roles.values() if r.start)
    return f"Which is it: {starts}? Say it with --role, or in the profile."


def _why_role(found: Imported, catalogue: Catalogue) -> str:
    if found.role_proof:
        return "guessed from " + _proof(found.role_proof)
    starts = ", ".join(r.id for r in catalogue.roles.values() if r.start)
    return f"which? No job title says where you start, so the least is presumed; one of {starts}"


def _skill(id_: str, found: Found) -> str:
    own = "your own word: " if found.grade == STATED else ""
    return f"{id_}: {found.level}  # {own}{'; '.join(_proof(p) for p in found.proofs[:MOST_SHOWN])}"


def _proof(proof: Proof) -> str:
    return f'"{shorten(_comment(proof.words), LONGEST_PROOF)}", {shorten(_comment(proof.place), LONGEST_PROOF)}'


def _proof_data(proof: Proof) -> dict[str, str]:
    return {"words": clean(proof.words), "place": clean(proof.place)}


def _comment(text: str) -> str:
    """Text that cannot end a comment: one line without anything that YAML or a terminal takes for more than text."""
    return "".join(c if c.isprintable() else " " for c in clean(text)).strip()


def _scalar(value: object) -> str:
    """A text as YAML, quoted wherever it could be read as anything else."""
    text = str(value)
    plain: Sequence[str] = text.replace("-", "").split("_")
    if all(p.isascii() and p.isalnum() and not p.isdigit() for p in plain) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
