"""The synthetic registers as CBS would deliver them: component files, and beside them what they must be read as."""
