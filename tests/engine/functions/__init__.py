"""Every function that scripts may call, through the engine; `python -m tests.engine.functions` counts the cases."""
