"""How each task's shipped model answers the items of a labelled set, one module a task."""
