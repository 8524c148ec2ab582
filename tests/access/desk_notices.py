"""The desk's addresses of notices: everybody has his own."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Door, Row, always, pk_of
from tests.access.scene import Scene


def page(name: str, **more: Any) -> Row:
    return Row(name=f"desk:{name}", door=Door.DESK, who="maria", **more)


def post(name: str, **more: Any) -> Row:
    return page(name, method="POST", gets=302, **more)


def _all(scene: Scene) -> dict[str, Any]:
    return {"through": scene.notice.pk}


ROWS = (
    page("notices"),
    page("notices_bell"),
    post("notices_reading", sends=_all),
    page("notice", of=pk_of("notice"), only=("maria",), gets=302),
    post("notice_reading", of=pk_of("notice"), only=("maria",)),
    page("my_notices"),
    post("my_notices", as_shown=True),
    post("push_devices", sends=always(name="Phone", endpoint="https://nowhere.example/1")),
    post("push_device_removal", of=pk_of("device"), only=("maria",)),
    post("push_device_trial", of=pk_of("device"), only=("maria",)),
    page("push_worker"),
)
