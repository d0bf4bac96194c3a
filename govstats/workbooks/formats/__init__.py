"""What each file format may hold and what the fast parser does not tell about it.

One module per format: bytes in, ``Scan`` out, or a refusal. Containers (zip archives, compound
files) have modules of their own. Nothing here computes with a cell's value.
"""
