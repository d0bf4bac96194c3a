"""Publishing: a release is a new folder plus an atomically replaced link ``current``."""
