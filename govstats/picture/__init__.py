"""A sheet as a picture: a page on which every cell is coloured and named by what it was read as.

``draw`` works where the file is read and keeps what can be shown, ``page`` makes the HTML of it,
``marks.toml`` has the marks and the Chinese words.
"""
