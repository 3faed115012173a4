"""Tables of commands; all of them together make menus, shortcuts and the help page."""
