"""The desk: pages over the published warehouse, for looking at facts instead of reading tables.

A view is one module: a `View` with its path, its name in the navigation, its template and the function that reads
what the template shows. It is listed in `views.py`, and its template lies in `templates/`.
"""
