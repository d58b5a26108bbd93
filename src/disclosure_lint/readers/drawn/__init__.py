"""Tables drawn with characters, whose cells may take several lines: `+---+` grids, and columns under rows of dashes.

Pandoc, docutils and MySQL write them, and people with box characters. Which column a cell is in is told by its place
on the line, a Chinese character being two wide; programs that count it as one, or marks like “ as two, are followed
if that way all lines fit. What fits in no way is left as it is.
"""
