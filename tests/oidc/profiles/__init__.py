"""What the OpenID Basic, Config and RP-Initiated Logout profiles ask of a provider, as cases of our own."""
