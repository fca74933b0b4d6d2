"""Answers from paper, telephone and talk, keyed in by a person and written as files like any other."""
