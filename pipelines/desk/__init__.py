"""The desk: pages over the published warehouse, for looking at facts instead of reading tables.

A view is one module: a `View` with its path, its name in the navigation, its template, and the function that reads what
the template shows (`show(reading, request)`, a `Reading` of the newest generation). It is listed in `views.py`; its
template lies in `templates/` and extends `base.html`, its script, if any, in `static/`. No style or script stands in a
page itself: the pages' policy refuses them.
"""
