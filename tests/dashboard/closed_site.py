"""A dashboard that people sign in to, and a browser without scripts before it; hashing costs little here."""

import json
import re

from dashboard.access.roles import Role
from dashboard.app import create_app
from dashboard.settings import LOOPBACK_NAMES, Settings

CHEAP = {"password_memory_kib": 32, "password_passes": 1}
PASSWORD = "gatlyktor och en orm"
HTTPS = "https://problembild.kommun.test:8050"
NAMES = LOOPBACK_NAMES | {"problembild.kommun.test"}
NAME_OF = {role: f"{role}.1" for role in Role}


def closed_app(workspace, **settings):
    """Wire a dashboard that people sign in to, behind TLS."""
    return create_app(
        Settings(
            **{"workspace": workspace, "sign_in": True, "tls": True, "names": NAMES, **CHEAP, **settings}
        )
    )


class Browser:
    """A browser without scripts: keeps cookies, fills in forms, and sends what Dash sends."""

    def __init__(self, app, *, base=HTTPS, address="10.0.0.7"):
        self.client = app.server.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address
        self.base = base

    def get(self, path, **more):
        return self.client.get(path, base_url=self.base, buffered=True, **more)

    def token(self, path="/logga-in"):
        return re.search(r'name="csrf_token" value="([0-9a-f]+)"', self.get(path).text)[1]

    def form(self, path, **fields):
        return self.client.post(path, base_url=self.base, data=fields)

    def sign_in(self, name, password=PASSWORD, **more):
        return self.form("/logga-in", csrf_token=self.token(), name=name, password=password, **more)

    def cookie(self, name):
        found = self.client.get_cookie(name, domain="problembild.kommun.test")
        return found.value if found else None

    def post(self, path, **more):
        """Send as the pages' own scripts do, with what the cookie holds."""
        headers = {"X-CSRFToken": self.cookie("_csrf_token") or "", **more.pop("headers", {})}
        return self.client.post(path, base_url=self.base, headers=headers, **more)

    def callback(self, output, inputs=(), state=()):
        """Ask a callback; `inputs` and `state` as id, property and value."""
        found = output.removeprefix("..").removesuffix("..").split("...")
        outputs = [_output(one) for one in found]
        asked = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [_value(one) for one in inputs],
            "state": [_value(one) for one in state],
            "changedPropIds": [f"{inputs[0][0]}.{inputs[0][1]}"] if inputs else [],
        }
        return self.post("/_dash-update-component", json=asked)

    def frame(self, path, search=""):
        """Ask for the page that a path names."""
        return self.callback(
            "..header.children...page.children...shown.data..",
            [("address", "pathname", path), ("address", "search", search)],
            [("shown", "data", None)],
        )


def _output(one):
    which, of = one.rsplit(".", 1)
    return {"id": json.loads(which) if which.startswith("{") else which, "property": of}


def _value(one):
    return {"id": one[0], "property": one[1], "value": one[2]}
