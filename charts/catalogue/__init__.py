"""Every chart by id: the only place where tables meet drawings."""
