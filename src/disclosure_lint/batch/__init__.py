"""Very many files, on many cores or machines: parts of hundreds of files, done by Dask and kept as Parquet."""
