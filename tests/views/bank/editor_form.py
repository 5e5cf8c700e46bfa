"""The editor's form as a browser without a script would send it."""

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from quiz.models import ItemDraft
from tests.client import HouseClient
from tests.reading import root


def fields_of(browser: HouseClient, draft: ItemDraft) -> MultiDict[str, str]:
    """What the editor's form would send as it was opened."""
    return form_fields(browser.get(f"/soal/draf/{draft.uid}"), "sunting")


def form_fields(page: TestResponse, form_id: str) -> MultiDict[str, str]:
    """What the form with this id would send as the page was opened."""
    [form] = [node for node in root(page).iter("form") if node.get("id") == form_id]
    sent: MultiDict[str, str] = MultiDict()
    for node in form.iter():
        name = node.get("name")
        if not name or node.tag == "button":
            continue
        if node.tag == "select":
            chosen = [o for o in node.iter("option") if o.get("selected") is not None]
            sent.add(name, (chosen or list(node.iter("option")))[0].get("value", ""))
        elif node.get("type") == "checkbox":
            if node.get("checked") is not None:
                sent.add(name, node.get("value", ""))
        else:
            sent.add(name, node.text or "" if node.tag == "textarea" else node.get("value", ""))
    return sent
