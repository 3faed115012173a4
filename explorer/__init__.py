"""The application: it joins the science with the screen. It knows everybody; nobody knows it."""

__version__ = "0.1.0"
