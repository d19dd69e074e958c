"""Routes by what they answer: questions, records, pages, loads."""
