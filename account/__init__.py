"""The face for a person: their own page, and the web authenticator that answers sign-in requests in a browser."""
