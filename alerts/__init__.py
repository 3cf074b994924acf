"""From Judgement and Story to a digest and a delivered message."""
