"""Settings from the environment: the same STREAMLIT_… variables that `streamlit run` obeys."""

import os
from collections.abc import Mapping

import click
from streamlit import config

from pipeline.errors import UsageError


def read_environment(environment: Mapping[str, str] = os.environ) -> None:
    """Set every Streamlit option that an environment variable names; `streamlit run` does so only for itself.

    Raises:
        UsageError: a variable has a value of the wrong kind.
    """
    for name, option in config.get_config_options().items():
        text = environment.get(option.env_var)
        # Streamlit reads the sensitive ones (the cookie secret) itself.
        if text is None or option.sensitive:
            continue
        kind = click.types.convert_type(option.type)
        try:
            value = [kind(part) for part in text.split(",") if part] if option.multiple else kind(text)
        except click.BadParameter as error:
            raise UsageError(
                f"{option.env_var} is {text!r}: {error.message}",
                where="environment variables",
                do=f"Give it a value that suits the setting {name}, or unset it.",
            ) from error
        config.set_option(name, value)


def base_path() -> str:
    """The path below which the dashboard is served: "", or "/name"."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""
