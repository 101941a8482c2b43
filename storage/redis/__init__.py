"""What is short-lived, on Redis or Valkey: records, counters, wake-ups."""
