"""Small changes of a solution's source: what learners' mistakes look like."""
