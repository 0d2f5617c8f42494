"""Titles and small resumes of invented people, with what a careful reader takes from each.

Written after the rules, measured once (docs/import.md says how), in the manner of what real files do: other languages,
decorated headings, dates of every kind, careers that turned. Nothing is copied from anybody.
"""
# ruff: noqa: E501

from typing import NamedTuple

TITLES: tuple[tuple[str, str], ...] = (
    ("swe", "Junior Software Developer (m/w/d)"), ("swe", "Lead Backend Engineer – Payments"),
    ("swe", "Senior Full-Stack Engineer / Team Lead"), ("swe", "Cloud Solutions Architect"),
    ("swe", "Platform Engineering Manager"), ("swe", "Principal Software Architect"), ("swe", "VP, Engineering"),
    ("swe", "Staff Site Reliability Engineer"), ("swe", "Scala Developer"), ("swe", "Drupal Developer"),
    ("swe", "Elixir Engineer"), ("swe", "Mobile App Developer"), ("swe", "Unity Developer"),
    ("swe", "Build and Release Engineer"), ("swe", "Big Data Engineer"), ("swe", "AI Engineer, Contract"),
    ("swe", "Head of Engineering & Co-Founder"), ("swe", "Systems Administrator"), ("swe", "Linux Engineer"),
    ("swe", "Security Engineer II"), ("swe", "Penetration Tester"), ("swe", "Quality Assurance Engineer"),
    ("swe", "Technical Lead, Mobile"), ("swe", "Senior Programmer Analyst"), ("swe", "Web Application Developer"),
    ("swe", "Softwareentwickler C#"), ("swe", "Fullstack-Entwicklerin"), ("swe", "Anwendungsentwickler"),
    ("swe", "Développeuse web"), ("swe", "Architecte logiciel"), ("swe", "Ingeniero de software senior"),
    ("swe", "Programadora Java"), ("swe", "Engenheira de software"), ("swe", "Desenvolvedor Android"),
    ("swe", "Sviluppatrice full stack"), ("swe", "Backend ontwikkelaar"), ("swe", "Starszy programista .NET"),
    ("swe", "Robotics Software Engineer"), ("swe", "Graduate Software Engineer"), ("swe", "Deep Learning Engineer"),
    ("data-scientist", "Senior Data Scientist (NLP)"), ("data-scientist", "Data Science Manager"),
    ("data-scientist", "Marketing Data Analyst"), ("data-scientist", "Principal Applied Scientist"),
    ("data-scientist", "BI Analyst"), ("data-scientist", "Biostatistician"), ("data-scientist", "Analista de datos"),
    ("data-scientist", "Datenanalyst"), ("data-scientist", "Quantitative Researcher"),
    ("data-scientist", "Cientista de dados júnior"), ("data-scientist", "Machine Learning Scientist"),
    ("new", "Electrical Engineer"), ("new", "Interior Architect"), ("new", "Lighting Programmer"),
    ("new", "Property Developer"), ("new", "Talent Developer"), ("new", "Maintenance Engineer"),
    ("new", "Account Executive"), ("new", "Pharmacist"), ("new", "Primary School Teacher"), ("new", "Barista"),
    ("new", "Broadcast Engineer"), ("new", "Web Development Bootcamp Student"), ("new", "Data Analyst Intern"),
    ("new", "Auszubildende zur Bankkauffrau"), ("new", "Office Manager"), ("new", "Journalist"),
    ("new", "Energy Engineer"), ("new", "Film Editor"), ("new", "HVAC Engineer"),
    ("new", "Praktikum Softwareentwicklung"), ("new", "Event Programmer"), ("new", "Truck Driver"), ("new", "Librarian"),
)  # fmt: skip


class Someone(NamedTuple):
    """A resume and what it says. `levels` are those that matter; `lacks` must not be read."""

    text: str
    role: str
    name: str = "Jane Roe"
    levels: str = ""
    lacks: str = ""
    background: str = ""
    holds: str = ""


PEOPLE: tuple[Someone, ...] = (
    Someone("Jane Roe\nStaff engineer\n\nWORK\nStaff Engineer, Acme | 03/17 – now\n• Python platform\n• Python tooling\n\n"
            "SKILLS\nGo • SQL • Docker", "swe", levels="python=3 go-rust-cpp=1 docker=1"),
    Someone("Jane Roe\njane@example.org\n\nCareer\n\nHead Nurse\nCity Hospital\n2014 – 2025\n- Ward planning, documentation\n\n"
            "Courses\nPython basics, 2025", "new", levels="python=1", background="nurse", lacks="technical-writing:2"),
    Someone("# Jane Roe {#top}\n\n## <i class='fa'></i> Experience {.unnumbered}\n\n### Data Engineer — Acme\n\n*Sept 2019 – "
            "Present*\n\n* Airflow and Spark in Python\n* Python packages\n", "swe", levels="python=3 big-data=2 orchestration=2"),
    Someone("CURRICULUM VITAE\n\nJANE ROE\n\nProfessional experience\nCTO\nAcme\nJan '20 – today\n– Moved to Kubernetes\n\n"
            "Summer intern\nBigCo\nSummer 2012\n– Excel", "swe", "JANE ROE", "kubernetes=2"),
    Someone("Jane Roe\n\nBerufserfahrung\nseit 01/2019 Webentwicklerin, Muster GmbH\n- Dienste in TypeScript und React\n"
            "- TypeScript-Tests\n\nKenntnisse\nDocker (Grundkenntnisse), Python (fortgeschritten)\n\nSprachen\nEnglisch",
            "swe", levels="typescript=3 docker=1 python=3"),
    Someone("Jane Roe\n\nAusbildung\nStudium Informatik, 2020 – heute\n\nPraktika\nWerkstudentin Softwareentwicklung, Muster AG\n"
            "04/2024 – heute\n- Python-Skripte\n\nKenntnisse\nPython, Git, keine Erfahrung mit Docker", "new",
            levels="python=1", lacks="docker"),
    Someone("Jane Roe\nDéveloppeuse backend\n\nExpériences professionnelles\nDéveloppeuse backend, Exemple SA\navril 2018 – "
            "aujourd'hui\n- Services en Python\n- Tests en Python\n\nCompétences techniques\nDocker, SQL\n\nLoisirs\nGo, danse",
            "swe", levels="python=3 docker=1 sql=1", lacks="go-rust-cpp"),
    Someone("Jane Roe\n\nExpérience\nAvocate, Cabinet Exemple\nDepuis 2012\n- Contrats\n\nFormation\nMaster de droit, 2011",
            "new", background="lawyer"),
    Someone("Jane Roe\n\nExperiencia profesional\nCientífica de datos, Ejemplo SL\nmarzo 2019 - actualidad\n- Modelos con "
            "scikit-learn en Python\n- Python y SQL\n\nConocimientos\nPower BI, Docker (básico)\n", "data-scientist",
            levels="python=3 ml-basics=2 docker=1"),
    Someone("Jane Roe\n\nExperiência profissional\nProfessora, Escola Exemplo\n2010 - presente\n- Aulas\n\nCursos\nPython, 2025",
            "new", levels="python=1", background="teacher"),
    Someone("Jane Roe\n\nEsperienza lavorativa\nSviluppatrice software presso Esempio\ndal 2017\n- Java e Spring Boot\n- Java\n\n"
            "Istruzione\nLaurea, 2016", "swe", levels="java=3"),
    Someone("Jane Roe\n\nWerkervaring\nmei 2018 - heden\nData-analist\nVoorbeeld BV\n- SQL en Python\n- Python\n\nVaardigheden\n"
            "Tableau", "data-scientist", levels="python=3 sql=2"),
    Someone("Jane Roe\n\nDoświadczenie\nProgramistka, Przykład\nstyczeń 2018 – obecnie\n- Usługi w Python\n- Testy w Python\n\n"
            "Umiejętności\nDocker, Kubernetes\n\nZainteresowania\nGo", "swe", levels="python=3 docker=1", lacks="go-rust-cpp"),
    Someone("Jane Roe\nSoftware engineer | Berlin | jane@example.org\n\nExperience\n\nSoftware Engineer\n\nAcme GmbH\n\n"
            "February 2019 until now\n\n* Docker\n* Docker again\n", "swe", levels="docker=3"),
    Someone("Jane Roe\n\nProfile\nTeacher who would love to work with LangChain. Have not touched SQL.\n\nEmployment\nTeacher, "
            "Acme School, 2011 – present\n- Physics\n", "new", background="teacher", lacks="agents sql"),
    Someone("Jane Roe\n\nSkills\nRAG reporting, stakeholders, Excel\n\nExperience\nProject Manager, Acme\n2015 - 2026\n- RAG "
            "status of 40 projects\n", "new", background="project-manager", lacks="rag"),
    Someone("Jane Roe\n\nCertifications\nAWS Certified Solutions Architect – Associate\nCertified Kubernetes Administrator "
            "(expected 2027)\n\nExperience\nCloud Engineer, Acme\n2020 - Present\n- Terraform\n", "swe",
            levels="iac=2", holds="aws-saa-c03"),
    Someone("Jane Roe\n\nLicenses & Certifications: AI-102, DP-100\n\nExperience\nData Scientist, Acme\nQ1 2020 – Q2 2024\n- "
            "pandas\n- pandas\n", "data-scientist", levels="pandas=3", holds="ms-ai-102 ms-dp-100"),
    Someone("Jane Roe\n\nSelected Experience\nOwner, Roe Crafts\n2024 – present\n- Shop\nSoftware Engineer, Acme\n2018 – 2024\n"
            "- C# and .NET\n- C#\n", "swe", levels="dotnet=3"),
    Someone("Jane Roe\n\nExperience\nChef de partie, Bistro\n2013 – present\n- Menus\nJunior Developer, Acme\n2009 – 2011\n- PHP\n",
            "new", background="chef"),
    Someone("Jane Roe\n\nExperience\nSound Engineer, Studio\n2013 – present\n- Mixing, mastering\n\nSkills\nExpress, Cubase\n", "new",
            lacks="typescript"),
    Someone("Jane Roe\n\nWhat I do\nSoftware Engineer, Acme\n2018/09 ~ 2026/10\n- Redis and Kafka\n- Redis\n\nTechnical "
            "toolbox\nredis, flask, vue\n", "swe", levels="nosql=3 async=2"),
    Someone("Jane Roe\n\nInternship Experience\nData Science Intern, Acme\nMay - August 2025\n- Python notebooks\n\nEducation\n"
            "BSc Statistics, 2022 - 2026\nCoursework: SQL, NLP, machine learning\n", "new",
            levels="python=2 sql=1 nlp=1 ml-basics=1"),
    Someone("Jane Roe\n\nExperience\nEngineering Manager, Acme (2021 – Present)\nTech: Kubernetes, Terraform\n- Led three teams\n\n"
            "Backend Developer, Globex (2015 – 2021)\n- Java services\n- Java tests\n", "swe", levels="java=3 kubernetes=2"),
    Someone("Contact\njane@example.org\n\nTop Skills\nDjango\nPython (Programming Language)\n\nLanguages\nEnglish\n\nJane Roe\n"
            "Senior Backend Developer at Acme\n\nExperience\nAcme\nSenior Backend Developer\nMarch 2020 - Present (6 years)\n",
            "swe", levels="python=1 api-design=1"),
    Someone("Jane Roe\n\nSKILLS\nPython\nSQL\n\nEXPERIENCE\nAccountant\nAcme Audit\nSince March 2016\n- Closed the books, SOX\n",
            "new", levels="python=1", background="accountant"),
    Someone("Jane Roe\nFrontend Engineer\n\nExperience\nFrontend Engineer, Acme, Fall 2019 – Present\n- React and Type Script\n- "
            "React hooks\n- never used Angular\n", "swe", levels="frontend=3 typescript=2"),
    Someone("Jane Roe\n\nResearch Experience\nPhysicist, Institute\n2016 - 2024\n- Simulation in C++ and Python\n- C++\n\n"
            "Publications\nOn things, 2020\n", "new", levels="go-rust-cpp=3 python=2", background="physicist"),
    Someone("Jane Roe\n\nExperience\nStudent Information Systems Developer, Acme\n2019 – Present\n- Oracle Database and PL/SQL\n- "
            "PL/SQL\n", "swe", levels="sql=3"),
    Someone("Jane Roe\n\nExperience\nProduct Designer, Acme\n2017 – Present\n- Customer-facing product, React Conf visitor\n\nSkills\n"
            "Figma, HTML5\n", "new", levels="frontend=1", background="designer", lacks="stakeholder-communication"),
)  # fmt: skip
