"""Departmental spreadsheets in, a judged and audited statistical release out.

The package does the work and imports no Airflow: everything here runs and is tested
without an orchestrator. Folders are the stages of the flow: ``intake`` registers files,
``workbooks`` turns them into cells, ``layouts`` turns cells into observations,
``warehouse`` builds the DuckDB file with dbt, ``validation`` audits it with Great
Expectations, ``release`` publishes it.
"""

__version__ = "0.1.0"
