"""Push login: the step in the browser, what devices send, and everything between (push-protocol.md)."""
