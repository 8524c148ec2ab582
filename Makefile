# The few things a newcomer does. Everything they call stands in bin/, and works without make.
.PHONY: setup demo test lock prove bench pictures

setup:
	@bin/setup dev

demo:
	@bin/setup run
	@exec .venv/bin/keepwell demo

test:
	@bin/test

lock:
	@bin/lock

prove bench pictures:
	@bin/setup dev
	@exec .venv/bin/python -m prove $(if $(filter-out prove,$@),$@) $(if $(filter bench,$@),usage_bench)
