"""A table as a file the browser saves."""

from flask import make_response
from flask.typing import ResponseReturnValue

from quiz.exports import FORMATS
from quiz.exports.files.table_out import TableOut


def download(table: TableOut, ending: str, name: str) -> ResponseReturnValue:
    """The reply that saves ``table`` as ``name`` with the ``ending`` of its format.

    ``name`` is plain ASCII without an ending; ``ending`` a key of FORMATS.
    """
    reply = make_response(FORMATS[ending].write(table))
    reply.headers["Content-Type"] = FORMATS[ending].media_type
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return reply
