"""What every other part speaks: tags, suggestions, rules, settings, errors. No I/O but rules."""
