"""The top of every screen: name, search, Share, Download, Cite, menu."""
