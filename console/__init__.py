"""The face for admins: pages on the rows of the management API, called in this process."""
