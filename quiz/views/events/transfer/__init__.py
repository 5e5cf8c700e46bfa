"""Pages by which an event goes to another machine and comes from one."""

from quiz.views.events.transfer import event_files, event_imports

BLUEPRINTS = (event_files.bp, event_imports.bp)
