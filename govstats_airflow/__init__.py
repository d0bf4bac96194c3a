"""Airflow's side of the pipeline: assets, triggers, timetables, parameters, sign-off, notices.

DAG files import from here and from ``govstats``; ``govstats`` itself imports no Airflow, so
everything a DAG does can be done by a command as well.
"""
