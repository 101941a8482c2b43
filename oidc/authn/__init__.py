"""JSON login: for applications that draw the screens themselves.  The same engine calls as the pages, told as JSON."""
