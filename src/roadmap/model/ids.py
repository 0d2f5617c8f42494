"""The words that all entries of the catalogue are made of: ids, levels, texts, dates and who says so.

A key says all there is to know about it in its annotation: its type and limits, whose ids it holds (`Ref`), and in a
sentence what it means, which editors and docs/catalogue.md show. Only the loader reads annotations. They stay text
until it does, so that a start of the program does not pay for them.
"""

from typing import Annotated, ClassVar, Literal

from roadmap.model.bounds import Bound, Ref

Text = Annotated[str, Bound(min_length=1)]
Kind = Literal["learn", "build", "certify", "publish", "search"]
RoleLevel = Literal["entry", "mid", "senior"]
State = Literal["live", "moved", "renamed", "closed", "superseded"]
Section = Literal["summary", "skills", "work", "projects", "education", "certificates", "other", "contact"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Annotated[int, Bound(ge=0), Bound(le=4)]

BackgroundId = Annotated[Text, Ref("backgrounds")]
CertificationId = Annotated[Text, Ref("certifications")]
CloudId = Annotated[Text, Ref("clouds")]
CountryId = Annotated[Text, Ref("countries")]
FactId = Annotated[Text, Ref("facts")]
FieldId = Annotated[Text, Ref("specialisations")]
GoalId = Annotated[Text, Ref("goals")]
ModuleId = Annotated[Text, Ref("modules")]
MoveId = Annotated[Text, Ref("moves")]
OutcomeId = Annotated[Text, Ref("outcomes")]
ResourceId = Annotated[Text, Ref("resources")]
RoleId = Annotated[Text, Ref("roles")]
RouteId = Annotated[Text, Ref("routes")]
SkillId = Annotated[Text, Ref("skills")]
StageId = Annotated[Text, Ref("stages")]
TopicId = Annotated[Text, Ref("topics")]

Id = Annotated[Text, "Kebab-case, unique within its kind; other entries and overlays refer to it."]
Name = Annotated[Text, "What people call it."]
Summary = Annotated[Text, "One or two sentences."]
Note = Annotated[str, "Advice or a caveat in our own words."]
SourceId = Annotated[Text, Ref("sources"), "Id of the source that says so."]
Sources = Annotated[
    tuple[SourceId, ...], Bound(min_length=1), "Ids of the sources that say so; the first is quoted in reasons."
]
Facts = Annotated[tuple[FactId, ...], "Ids of the source article's statements that live here."]
AsOf = Annotated[Text, "The date the statement speaks for: a day, a month or a year."]
Checked = Annotated[Text, "The day somebody last looked."]
Confidence = Annotated[Literal["high", "medium", "low"], "high, medium or low: how far the source carries."]
Origin = Annotated[Literal["published", "measured", "judgement"], "Who counted: published, measured or judgement."]
Levels = dict[SkillId, Level]


class Strict:
    """An entry of a file: a key that its class does not know is refused."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    def __getstate__(self) -> dict[str, object]:
        """Without what the class says anyway: most entries leave most keys out, and every start reads what is kept."""
        kind = type(self)
        return {key: value for key, value in vars(self).items() if getattr(kind, key, kind) is not value}
