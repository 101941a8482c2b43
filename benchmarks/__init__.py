"""Each module measures one thing and prints a table; ratios are of one run."""
