"""How push messages leave: one module a provider, each with a `Sender` (engine/ports.py)."""
