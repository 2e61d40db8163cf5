"""From a table of one's own to a network that can be trusted with new rows."""
