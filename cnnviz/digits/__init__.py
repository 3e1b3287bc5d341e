"""What a person gives: the drawing board's JSON, pictures in colour."""
