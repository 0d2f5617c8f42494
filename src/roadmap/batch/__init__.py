"""Many profiles to many plans: rows in, outcomes out, in input order, on one core or many machines."""
