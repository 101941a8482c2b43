"""Programs of others that sign people in with us, each driven through the same doors by the same person."""
