"""What is said to people, in Swedish and English: every code has its words here."""
