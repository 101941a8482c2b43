"""All stores in memory: the reference that says what the others must do.  Nothing outlives the process.

Atomic because no method awaits between looking and changing.
"""

from storage.memory.audit import MemoryAudit
from storage.memory.configuration import MemoryConfiguration
from storage.memory.directory import MemoryDirectory
from storage.memory.state import MemoryState

__all__ = ["MemoryAudit", "MemoryConfiguration", "MemoryDirectory", "MemoryState"]
