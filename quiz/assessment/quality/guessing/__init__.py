"""Guessers: people who know how tests are written and no law, and what they score in a bank.

Their words and ways were fixed before the items they are tried on, and are not tuned to them: a
list that is fitted to a bank says nothing of the next reader.
"""
