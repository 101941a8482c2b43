"""A sample application: a real relying party on an origin of its own, as any customer's would be."""
