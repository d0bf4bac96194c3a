"""What each department's sheet looks like, and reading sheets by it.

``loader`` turns the YAML files into ``model.Layout``; ``match`` and ``choose`` find the layout a
sheet follows; ``extract`` yields observations and the fate of every cell. Reader processes import
this package: it must stay quick to import, so the loader is not imported here.
"""
