from roadmap.batch.api import CatalogueError as CatalogueError
from roadmap.batch.api import ProfileError as ProfileError
from roadmap.batch.api import load_catalogue as load_catalogue
from roadmap.batch.api import make_plan as make_plan
from roadmap.batch.api import plan_many as plan_many
from roadmap.batch.details import Record as Record
from roadmap.batch.plan import Plan as Plan

__version__: str
