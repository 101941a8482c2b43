"""Nothing but proven facts about one live user lets anyone in, whatever the steps say."""

from __future__ import annotations

import pytest

from engine.model import LOCKING_CLAIMS
from engine.outcome import Granted
from engine.ports import ConfigurationChange
from tests.engine.world import World

pytestmark = pytest.mark.anyio


async def test_knowing_a_name_is_not_enough(world: World) -> None:
    """A flow that ends after the identifier gives nothing."""
    await world.configure(steps={1: "name"})
    visit = await world.start()
    await visit.prove("mara")
    assert visit.page == "out: login.nothing_proven"


async def test_what_the_application_requires_must_be_proven(world: World) -> None:
    """The policy holds whatever the steps are."""
    await world.configure(steps={1: "password"}, require=frozenset({"push"}))
    visit = await world.start()
    await visit.prove("mara")
    assert visit.page == "out: login.factor_missing"


async def test_a_policy_made_stricter_in_the_middle_holds(world: World) -> None:
    """What is required at the start and what is required now both count."""
    await world.configure(steps={1: "password", 2: "name"})
    visit = await world.start()
    await visit.prove("mara")
    await world.configure(steps={1: "password", 2: "name"}, require=frozenset({"push"}))
    await visit.prove("mara")
    assert visit.page == "out: login.factor_missing"


async def test_a_policy_made_laxer_in_the_middle_does_not_help(world: World) -> None:
    """The policy is frozen when the login begins."""
    await world.configure(steps={1: "password"}, require=frozenset({"push"}))
    visit = await world.start()
    await world.configure(steps={1: "password"})
    await visit.prove("mara")
    assert visit.page == "out: login.factor_missing"


async def test_a_user_disabled_in_the_middle_stays_out(world: World) -> None:
    """The user is looked at in the last moment."""
    await world.configure(steps={1: "password", 2: "name"})
    visit = await world.start()
    await visit.prove("mara")
    await world.directory.set_enabled("u-mara", False)
    await visit.post(word="no")
    assert visit.page != "in"


async def test_a_password_changed_in_the_middle_voids_its_proof(world: World) -> None:
    """A fact stands only as long as the credential it was made with."""
    await world.configure(steps={1: "password", 2: "name"})
    visit = await world.start()
    await visit.prove("mara")
    await world.directory.set_password("u-mara", "another hash")
    await visit.prove("mara")
    assert visit.page == "out: login.refused"


async def test_an_address_withdrawn_in_the_middle_gets_nothing(world: World) -> None:
    """No code, and no address to go to."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    await world.configure(steps={1: "password"}, redirect_uris=("https://app.test/other",))
    await visit.prove("mara")
    assert visit.page == "out: login.application_gone"


async def test_an_application_removed_in_the_middle_gets_nothing(world: World) -> None:
    """The login ends with a page."""
    await world.configure(steps={1: "password"})
    visit = await world.start()
    await world.configuration.commit(ConfigurationChange(removed_applications=["app"]))
    await visit.prove("mara")
    assert visit.page == "out: login.application_gone"


async def test_a_factor_proven_anew_after_the_password_changed_counts(world: World) -> None:
    """What was proven with the old one is void and does no harm; only what counts is told to the application."""
    await world.configure(steps={1: "password", 2: "name", 3: "password"})
    visit = await world.start()
    await visit.prove("mara")
    await world.directory.set_password("u-mara", "another hash")
    await visit.prove("mara")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert [fact.credential_version for fact in visit.reply.result.facts] == [2]


async def test_one_factor_proven_anew_does_not_make_up_for_another(world: World) -> None:
    """The approval given before the password changed is void as well."""
    await world.configure(steps={1: "push", 2: "password", 3: "name", 4: "password"})
    visit = await world.start()
    await visit.prove("mara")
    await visit.prove()
    await world.directory.set_password("u-mara", "another hash")
    await visit.prove()
    await visit.prove()
    assert visit.page == "out: login.refused"


@pytest.mark.parametrize("claim", LOCKING_CLAIMS)
async def test_a_user_locked_by_a_claim_stays_out(world: World, claim: str) -> None:
    """Whoever wrote it; a session of theirs proves nothing, and it ends when the claim says anything else."""
    await world.configure(steps={1: "password"})
    before = await (await world.start()).prove("mara")
    assert isinstance(before.reply, Granted)
    visit = await world.start()
    await world.directory.set_claims("u-mara", {claim: " True "})
    assert (await world.start(session=before.reply.result.session)).page == "password"
    await visit.prove("mara")
    assert visit.page == "out: login.refused"
    await world.directory.set_claims("u-mara", {claim: "false"})
    assert (await (await world.start()).prove("mara")).page == "in"
