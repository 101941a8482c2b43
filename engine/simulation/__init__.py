"""A flow played on supposed answers, one login or several: no network, no real clock, no person.

The engine, the script and the gate are the real ones; only who answers is supposed.
"""

from __future__ import annotations

from engine.simulation.play import simulate
from engine.simulation.scenario import BadScenario, Scenario, scenario_of
from engine.simulation.trace import Played
from engine.simulation.world import House, Stores

__all__ = ["BadScenario", "House", "Played", "Scenario", "Stores", "scenario_of", "simulate"]
