"""What a login is and how it proceeds.  Knows no HTTP and no SQL."""
