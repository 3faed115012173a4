"""The science: registers, tallies, estimates, disclosure. Knows no Qt, no picture, no file of the application."""
