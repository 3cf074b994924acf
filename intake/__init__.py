"""The inbox: what staff hand in as evidence, and what is taken out of it before anything is saved."""
