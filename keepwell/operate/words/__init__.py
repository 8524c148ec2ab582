"""The words of the `keepwell` command, one file each: `arguments(parser)`, if any, and `run(options)`.

A new word is one file here and one line in `command.py`.
"""
