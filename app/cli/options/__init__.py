"""What each command understands, by groups; `app.cli.parser` puts them together."""
