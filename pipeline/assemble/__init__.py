"""Tables put together from published tables and measures: tables in, tables out, no files."""
