"""One module a task: how what ships in models/ is scored on a labelled set."""
