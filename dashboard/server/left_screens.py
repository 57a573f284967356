"""Keeps what is done on a screen that was just left from the screen that has come."""

from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def without_left_screens(app: ASGIApp) -> ASGIApp:
    """Pass on no change in a part of a screen (a fragment) that its visitor has left.

    Streamlit takes the message while the new screen is being made, and acts on it afterwards, when the part is gone
    (streamlit/streamlit#9921 tells of a like race). Its client takes that for one more change of the screen and clears it: who
    presses Escape and Back, or opens a list while a slow line still shows what was left, looks at nothing.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        screen = ""  # the one asked for last, or that the server went to; "" where a line that broke was taken up again

        async def receive_of_the_screen() -> Message:
            nonlocal screen
            while True:
                message = await receive()
                asked = _asked(message)
                if asked.fragment_id and screen not in {"", asked.page_script_hash}:
                    continue
                screen = asked.page_script_hash or screen
                return message

        async def send_and_note(message: Message) -> None:
            nonlocal screen
            said = ForwardMsg.FromString(message.get("bytes") or b"")
            screen = said.navigation.page_script_hash or screen
            await send(message)

        connects = scope["type"] == "websocket"
        await (app(scope, receive_of_the_screen, send_and_note) if connects else app(scope, receive, send))

    return serve


def _asked(message: Message) -> ClientState:
    """What a browser asks for; nothing where it cannot be read, which is for Streamlit to refuse."""
    request = BackMsg()
    with suppress(DecodeError):
        request.ParseFromString(message.get("bytes") or b"")
    return request.rerun_script
