"""From a released result to a picture: one file a kind of picture."""
