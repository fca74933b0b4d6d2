"""What a page says, as frozen values and finished sentences: no Dash here."""
