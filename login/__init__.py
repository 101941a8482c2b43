"""The face for people logging in and for their devices: pages, events, the device API."""
