"""The public site: the front door, the submission form, following a case by its code, signing in.

A face: it finds, validates, calls one verb and renders. What the form does stands in `channels/form`.
"""
