"""The held documents over HTTP: searched, read whole or one provision at a time, as files and page images."""
