"""Documents that are neither pages nor texts: each format as a document to clean."""
