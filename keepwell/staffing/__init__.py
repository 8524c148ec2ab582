"""What the vendor's people do: teams and levels, skills, hours and time off, who looks at what just now.

Level 1 solves live or with a quick return call or mail, level 2 investigates, level 3 are technical
consultants and software engineers.
"""
