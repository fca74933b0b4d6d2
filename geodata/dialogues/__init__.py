"""Dialogues: where and when people are asked, what that gave, and whether the result came back."""
