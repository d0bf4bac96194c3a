"""What analysts take away: answers and marts as files of common forms, and SDMX."""
