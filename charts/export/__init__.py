"""Charts as files that leave the building: pictures, slides, pages, workbooks and data, each with its source."""
