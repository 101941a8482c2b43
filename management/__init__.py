"""The face for programs that manage the server: who may, and what they may change.  Draws no page."""
