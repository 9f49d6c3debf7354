"""The subcommands of `tagwright`, for work without a window."""
