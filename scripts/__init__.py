"""Run the DAGs: headless in one process, or live as Airflow's four services on loopback."""
