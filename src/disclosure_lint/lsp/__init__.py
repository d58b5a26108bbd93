"""The language server: the linter for editors. Only this room knows pygls, which comes with the extra `lsp`."""
