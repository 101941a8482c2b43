"""The way out: calls by HTTP through one guarded door, and mail.  Decides nothing about logins."""
