"""Names that people give to the columns of their tables, with the keys they stand for."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import ID, KEYS

_NAMES: Mapping[str, tuple[str, ...]] = {
    ID: ("number", "no", "nr", "#", "student id", "participant id", "person id", "user id", "uid"),
    "name": (
        "full name",
        "first name",
        "student",
        "participant",
        "mentee",
        "person",
        "who",
        "nombre",
        "nom",
        "vorname",
    ),
    "role": (
        "current role",
        "current job",
        "job",
        "job title",
        "title",
        "position",
        "current position",
        "current title",
        "works as",
        "starting role",
        "beruf",
        "rolle",
        "puesto",
        "poste",
    ),
    "target": ("target role", "goal role", "dream job", "wanted role"),
    "level": ("seniority", "target level", "level wanted"),
    "background": ("previous job", "previous role", "former job", "profession", "occupation", "trade"),
    "country": ("country of residence", "land", "pais", "pays", "where"),
    "goals": ("goal", "aim", "objective", "objectives", "wants", "ziel", "ziele"),
    "hours_per_week": (
        "hours",
        "hours a week",
        "hours per wk",
        "hours week",
        "hrs per week",
        "hrs a week",
        "hrs week",
        "hrs",
        "h per week",
        "h week",
        "weekly hours",
        "study hours",
        "time per week",
        "stunden",
        "stunden pro woche",
        "horas",
        "horas por semana",
        "heures par semaine",
    ),
    "start": ("start date", "starts", "starts on", "starting", "begin", "begins", "from", "beginn", "inicio", "debut"),
    "deadline": (
        "due",
        "due date",
        "end",
        "end date",
        "until",
        "by",
        "done by",
        "finish by",
        "target date",
        "ready by",
        "frist",
        "bis",
        "fecha limite",
        "date limite",
    ),
    "budget_usd": ("budget", "money", "budget in usd", "budget in dollars", "max budget", "presupuesto"),
    "cloud": ("cloud provider", "preferred cloud"),
    "domain": ("field", "industry", "sector", "branche", "regulated field"),
    "certifications": ("exams", "exams wanted", "certificates wanted", "certifications wanted"),
    "holds": ("certificates", "certs", "certificates held", "certifications held", "has certificates", "zertifikate"),
    "skills": ("stack", "tech stack", "technologies", "knows", "known skills", "current skills", "kenntnisse"),
    "breaks": ("holidays", "vacation", "vacations", "time off", "days off", "urlaub", "ferien"),
    "keep": ("keep modules",),
    "skip": ("skip modules",),
    "confidence": ("certainty",),
}
# The same in German, French, Spanish, Portuguese, Italian, Dutch and Polish, without accents.
_MORE: Mapping[str, str] = {
    "name": (
        "teilnehmer, teilnehmerin, nachname, prenom, prenom et nom, apellido, nome, nome completo, "
        "participante, naam, deelnemer, imie, imie i nazwisko, uczestnik"
    ),
    "role": (
        "aktueller beruf, aktuelle rolle, aktuelle position, jetziger beruf, stelle, berufsbezeichnung, "
        "tatigkeit, poste actuel, metier, fonction, emploi, profession actuelle, puesto actual, cargo, cargo "
        "actual, rol, trabajo, cargo atual, funcao, profissao, ruolo, ruolo attuale, lavoro, professione, "
        "mansione, functie, huidige functie, beroep, rol, stanowisko, obecne stanowisko, zawod, rola"
    ),
    "hours_per_week": (
        "std, std woche, std pro woche, stunden woche, wochenstunden, h woche, heures, heures semaine, h "
        "semaine, heures hebdomadaires, horas semanales, horas a la semana, horas semana, horas semanais, "
        "ore, ore settimanali, ore a settimana, ore settimana, uren, uren per week, uren week, godziny, "
        "godziny tygodniowo, godzin tygodniowo, h week"
    ),
    "start": (
        "startdatum, startdatum, anfang, ab wann, start am, date de debut, debut, fecha de inicio, comienzo, "
        "data de inicio, inicio, data inizio, data di inizio, inizio, begindatum, start op, data rozpoczecia, "
        "poczatek"
    ),
    "deadline": (
        "termin, enddatum, ende, zieldatum, bis wann, echeance, fin, date de fin, fecha de fin, fecha "
        "objetivo, plazo, prazo, data limite, data final, scadenza, data fine, fine, einddatum, uiterlijk, "
        "termin koncowy, data zakonczenia"
    ),
    "budget_usd": (
        "geld, maximales budget, budget max, presupuesto maximo, orcamento, budget massimo, budget maximaal, "
        "budzet"
    ),
    "skills": (
        "fahigkeiten, technologien, kann, competences, connaissances, conocimientos, habilidades, "
        "competencias, tecnologias, conhecimentos, competenze, conoscenze, vaardigheden, kennis, "
        "umiejetnosci, technologie"
    ),
    "country": "staat, pais de residencia, paese, kraj, wohnsitz",
    "goals": "objectif, objectifs, objetivo, objetivos, meta, obiettivo, obiettivi, doel, doelen, cel, cele",
    "background": (
        "fruherer beruf, vorheriger beruf, ancien metier, profesion anterior, profissao anterior, professione "
        "precedente, vorig beroep, poprzedni zawod"
    ),
    "breaks": "vacances, conges, vacaciones, ferias, vacanze, ferie, vakantie, urlop",
    "holds": (
        "zertifizierungen, certificats, certificaciones, certificados, certificacoes, certificazioni, "
        "certificaten, certyfikaty"
    ),
    ID: "nummer, numero, numer",
}  # fmt: skip
OWN = frozenset(
    {
        *("email", "e mail", "mail", "mail address", "email address", "phone", "telephone", "mobile", "tel", "telefon"),
        *("telefono", "telefone", "telefoon", "notes", "note", "my notes", "comment", "comments", "remark", "remarks"),
        *("anmerkung", "anmerkungen", "bemerkung", "bemerkungen", "notiz", "notizen", "kommentar", "kommentare"),
        *("remarque", "remarques", "commentaire", "commentaires", "observaciones", "notas", "comentarios", "nota"),
        *("observacoes", "osservazioni", "commenti", "opmerking", "opmerkingen", "uwagi", "notatki", "adresse e mail"),
        *("courriel", "correo", "correo electronico", "address", "adresse", "linkedin", "github", "cohort", "kohorte"),
        *("group", "gruppe", "team", "mentor", "coach", "city", "town", "ort", "timestamp", "zeitstempel", "birthday"),
    }
)
"""Columns that people keep for themselves: no answer, so left where they are."""
FAMILY = frozenset(
    {
        *("last name", "lastname", "surname", "family name", "nachname", "familienname", "nom de famille", "apellido"),
        *("apellidos", "sobrenome", "apelido", "cognome", "achternaam", "nazwisko", "second name"),
    }
)
"""Columns with the second part of a name, where the first has one of its own."""
GIVEN = frozenset({"first name", "firstname", "given name", "forename", "vorname", "voornaam", "imie", "prenom"})
# What a longer heading or a question asks for, by the words that tell; the first that fits counts.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        (
            "",
            r"\b(?:e ?mail|phone|mobile number|notes?|comments?|remarks?|anything else|any questions?|timestamp"
            r"|linkedin|github|consent|address|mentor|coach|bemerkung\w*|anmerkung\w*|notizen|remarques?|observaciones|uwagi)\b",
        ),
        (
            "hours_per_week",
            r"\b(?:hours?|hrs?|stunden|wochenstunden|std|horas|heures|ore|uren|godzin\w*)\b"
            r"(?!.*\b(?:logged|spent|so far)\b)|\btime\b.*\bweek\b|\bweekly\b.*\btime\b",
        ),
        (
            "deadline",
            r"\b(?:deadline|finish(?:ed)?|done by|ready by|by when|bis wann|fertig)\b|\bwhen\b.*\b(?:end|job|ready)\b",
        ),
        ("start", r"\b(?:start|begin|beginnen|anfangen|empezar|commencer|iniziare|beginnen)\b"),
        ("budget_usd", r"\b(?:budget|spend|money|afford)\b"),
        ("breaks", r"\b(?:holidays?|vacations?|time off|breaks?|urlaub|away)\b"),
        (
            "background",
            r"\b(?:previous|former|earlier|past)\b.*\b(?:jobs?|roles?|careers?|professions?|occupations?)\b|\bbackground\b",
        ),
        ("target", r"\b(?:target|dream|desired|wanted)\b.*\b(?:job|role|position)\b"),
        (
            "role",
            r"\b(?:current|present|your|actual)\b.*\b(?:job|role|title|position|occupation|profession)\b|\bjob title\b"
            r"|\bfor a living\b|\bwork as\b|\bwhat do you do\b|\boccupation\b|\bberuf\b",
        ),
        ("goals", r"\b(?:goals?|objectives?|achieve|ziele?)\b"),
        ("country", r"\b(?:country|do you live|are you based)\b"),
        ("domain", r"\b(?:industry|sector|branche)\b"),
        (
            "holds",
            r"\bcert\w*\b.*\b(?:have|held|hold|already|earned|got)\b|\b(?:earned|current|existing)\b.*\bcert\w*\b",
        ),
        ("certifications", r"\b(?:cert\w*|exams?)\b.*\b(?:want|interested|plan|would|take)\b"),
        ("skills", r"\b(?:skills?|technologies|tools|programming languages|tech stack)\b"),
        ("name", r"\bname\b"),
    )
)
_RATED = re.compile(
    r"^(?:(?:how (?:good|well|experienced)|rate|please rate|your|are|do|you|know|at|with|in|the|level|experience"
    r"|skills?|knowledge|proficiency|of) )+|(?: (?:level|skills?|experience|knowledge|rating|0 4|1 5|0 to 4))+$"
)
_WORDS = re.compile(r"[^\W_]+|#")
_UNIT = re.compile(r"\((?:usd|us\$|\$|h|hrs|hours|0\s*(?:-|–|to)\s*4|yyyy-mm-dd)\)|\$", re.IGNORECASE)


def words_of(text: str) -> str:
    """The words of a text in small letters without accents: "Días/Semana" and "dias semana" are the same."""
    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not "\u0300" <= c <= "\u036f")
    return " ".join(_WORDS.findall(plain))


class Headings:
    """Knows which key a column with a name of its own stands for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known = {words_of(key): key for key in (*KEYS, ID)}
        for key, names in _NAMES.items():
            self._known |= {words_of(name): key for name in names}
        for key, more in _MORE.items():
            for name in more.split(", "):
                self._known.setdefault(words_of(name), key)
        for skill in catalogue.skills.values():
            for name in (skill.id, skill.name, skill.short, *skill.aliases):
                self._known.setdefault(words_of(name), f"skills.{skill.id}")

    def own(self, column: str) -> bool:
        """Whether people keep such a column for themselves: notes, an address."""
        words = words_of(column)
        return words in OWN or _said(words) == ""

    def family(self, column: str) -> bool:
        """Whether a column holds the second part of a name."""
        return words_of(column) in FAMILY

    def key(self, column: str) -> str | None:
        """The key, when the name is one of those that are known."""
        if column.startswith("skills."):
            column = column.removeprefix("skills.")
        for text in (column, _UNIT.sub(" ", column)):
            found = self._known.get(words_of(text))
            if found:
                return found
        words = words_of(_UNIT.sub(" ", column))
        if words in OWN:
            return None
        if words in FAMILY or words in GIVEN:
            return "name"
        rated = self._known.get(_RATED.sub("", words), "")
        return rated if rated.startswith("skills.") else _said(words) or None


def _said(words: str) -> str | None:
    """The key that a longer heading asks for; empty for what people keep for themselves, None where nothing tells."""
    return next((key for key, pattern in _SAID if pattern.search(words)), None)
