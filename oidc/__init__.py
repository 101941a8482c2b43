"""The face for applications: OpenID Connect on top of the engine.  It never asks a person anything itself."""
