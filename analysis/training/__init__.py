"""How each shipped model was made: commands that reproduce it."""
