"""The feed of releases and changes of the verdict, at an address that stays."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charts.export.feed import ADDRESS, TYPE, feed_text
from dashboard.server.page import TITLE
from pipeline.answers.gap.news import news
from pipeline.errors import NotBuilt
from pipeline.processed import Tables


def feed(base: str) -> Route:
    """The route of the feed below `base`."""

    async def answer(request: Request) -> Response:
        site = f"{str(request.base_url).rstrip('/')}{base}"
        try:
            text = await run_in_threadpool(lambda: feed_text(news(Tables.open()), title=TITLE, site=site))
        except NotBuilt as error:
            return Response(error.what, status_code=503, media_type="text/plain")
        return Response(text, media_type=TYPE)

    return Route(f"{base}{ADDRESS}", answer)
