"""Stand-ins on loopback for push services that have no emulator: as strict as the services, and told how to fail."""
