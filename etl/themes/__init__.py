"""What free text is about and what it asks for, by an open lexicon, with the words that decided."""
