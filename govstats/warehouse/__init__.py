"""Building the disposable DuckDB warehouse: raw tables from facts, everything else by dbt."""
