/** What every generated Python client has. */
export const PYTHON = `from __future__ import annotations

import json
from typing import Any, Literal, Mapping, Union
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from . import models


class Problem(Exception):
    """An answer that is no success. data is its body: what JSON says, or a text."""

    def __init__(self, status: int, data: Any, headers: Mapping[str, str]) -> None:
        super().__init__(f"status {status}: {data}")
        self.status = status
        self.data = data
        self.headers = headers


def _path(value: Any) -> str:
    text = _text(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} is no part of a path")
    return quote(text, safe="")


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item is not None:
                found.append((name, _text(item)))
    return found


def _read(raw: bytes, media: str, result: str) -> Any:
    if result == "none" or (not raw and result == "json"):
        return None
    if "json" in media and result != "bytes":
        return json.loads(raw) if result == "json" else raw.decode()
    return raw if result == "bytes" else raw.decode()


class Client:
    def __init__(self, base: str, headers: Union[Mapping[str, str], None] = None, timeout: float = 30.0) -> None:
        self._base = base.rstrip("/")
        self._headers = dict(headers or {})
        self._timeout = timeout

    def _send(self, method: str, path: str, *, query: Mapping[str, Any], headers: Mapping[str, Any], result: str,
              body: Any = None, media: str = "application/json") -> Any:
        pairs = _pairs(query)
        url = self._base + path + ("?" + urlencode(pairs) if pairs else "")
        sent = {**self._headers, **dict(_pairs(headers))}
        data = None
        if body is not None:
            sent["content-type"] = media
            if media.startswith("application/x-www-form-urlencoded"):
                data = urlencode(_pairs(body)).encode()
            elif isinstance(body, bytes):
                data = body
            else:
                data = json.dumps(body).encode() if "json" in media else str(body).encode()
        request = Request(url, data=data, headers=sent, method=method)
        try:
            with urlopen(request, timeout=self._timeout) as response:
                return _read(response.read(), response.headers.get_content_type(), result)
        except HTTPError as error:
            raw = error.read()
            kind = error.headers.get_content_type()
            try:
                found = json.loads(raw) if "json" in kind else raw.decode(errors="replace")
            except ValueError:
                found = raw.decode(errors="replace")
            raise Problem(error.code, found, dict(error.headers)) from None
`;
