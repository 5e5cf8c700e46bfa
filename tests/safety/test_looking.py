"""A HEAD request shows nothing: nobody has opened, read or begun anything by it."""

from tests.safety.everybody import WHO, browser_of
from tests.safety.places import address_of, everything, plain


def test_looking_whether_a_page_is_there_opens_nothing(world):
    views, before = world.app.view_functions, everything(world)
    opening = [r for r in world.app.url_map.iter_rules() if getattr(views[r.endpoint], "writes", 0)]
    assert len(opening) > 5

    statuses = {
        browser_of(world, who).head(address_of(world, plain(rule)), partial=True).status_code
        for rule in opening
        for who in WHO
        if views[rule.endpoint].permission in WHO[who]
    }

    assert statuses == {405}
    assert everything(world) == before
