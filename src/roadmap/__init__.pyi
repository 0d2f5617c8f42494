from roadmap.batch.api import CatalogueError as CatalogueError
from roadmap.batch.api import Plan as Plan
from roadmap.batch.api import ProfileError as ProfileError
from roadmap.batch.api import load_catalogue as load_catalogue
from roadmap.batch.api import make_plan as make_plan
from roadmap.batch.api import plan_many as plan_many
from roadmap.batch.details import Record as Record

__version__: str
