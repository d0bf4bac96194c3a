"""Measurements and pictures of the pipeline under a live Airflow on this machine's loopback."""
