"""From Article to Judgement and Story: pure functions and models; nothing here touches the database."""
