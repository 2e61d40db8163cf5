"""Networks and what belongs to them, kept in a file: nn.save and nn.load."""
