"""What a row of articles was made by. Apart from the cleaning itself, since telling it must not load trafilatura."""

CLEANER_VERSION = "1.4"
