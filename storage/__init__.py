"""Where everything is kept: stores in memory and on SQLite, behind the engine's ports.  `storage.open` opens them."""
