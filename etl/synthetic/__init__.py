"""Exempelstad: a made-up municipality with planted places, written as the files a real one has."""
