"""The dialogs of the menus."""
