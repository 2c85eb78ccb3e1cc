"""The window around the tabs: menus, navigation, history, dialogs."""
