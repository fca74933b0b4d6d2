"""Place phrases as people write them, made by rules that know nothing of the matcher's."""
