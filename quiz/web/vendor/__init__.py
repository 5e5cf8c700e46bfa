"""Others' modules, unchanged, that cannot be had as packages everywhere."""
