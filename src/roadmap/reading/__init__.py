"""Resumes and job postings in: files of people to entries, entries to proposals with the words that prove them."""
