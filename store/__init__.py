"""The only room that speaks SQL. Read ``model`` (the words), then ``api`` (what the other rooms may ask)."""
