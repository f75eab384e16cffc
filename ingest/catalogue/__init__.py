"""The write side of the catalogue: one file under construction, which readers never see before the pointer moves."""

from ingest.catalogue.recorded import Fingerprint, fingerprints, recorded_meta, recorded_sources
from ingest.catalogue.writing import CatalogueWriter

__all__ = ["CatalogueWriter", "Fingerprint", "fingerprints", "recorded_meta", "recorded_sources"]
