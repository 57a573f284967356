"""A static edition of the dashboard: plain files for an intranet, a memory stick or a host of pages."""
