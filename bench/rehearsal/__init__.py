"""The compose file without a container engine: read as Compose reads it, and tried out."""
