"""GIFT and Moodle XML, in and out."""
