"""The family of errors: each carries a code, for the text catalogue, and the values it is about."""

from __future__ import annotations


class ProblembildError(Exception):
    """The parent of every error that a person may meet.

    Parameters
    ----------
    code
        Key in the text catalogue (``errors.<code>``), where screens find the words.
    sentence
        The same in plain English, for logs and for those who call the library.
    **values
        What the sentence is about: file, row, column, the value found. Never free text from a record.
    """

    def __init__(self, code: str, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.values = values


class ProjectError(ProblembildError, ValueError):
    """The municipality's ``problembild.toml`` or one of its mappings can't be used."""


class FileFaultError(ProblembildError, ValueError):
    """Something is wrong with a whole input file: it is stopped and nothing of it changes."""


class ParameterError(ProblembildError, ValueError):
    """A method or an analysis was asked for something that it can't answer."""


class StoreError(ProblembildError, RuntimeError):
    """The workspace's store is missing, damaged or written by another version."""


class ServiceError(ProblembildError, ConnectionError):
    """A service over the network did not answer what it was asked; what was fetched before stays."""


class MissingError(ProblembildError, LookupError):
    """What was asked for is not there."""


class AccessError(ProblembildError, PermissionError):
    """The audience may not see or do this."""


class SignInError(ProblembildError, PermissionError):
    """Nobody has signed in, and what was asked for is not for everybody."""
