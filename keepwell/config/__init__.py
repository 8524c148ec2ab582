"""How the parts are put together: settings, knobs, URLs and the two server entry points."""
