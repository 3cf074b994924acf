"""What a department edits, and the code that reads it strictly: a bad value is an error with file, line and fix."""
