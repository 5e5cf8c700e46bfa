"""HTTP: one blueprint per kind of work."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
