"""HTTP that is no view: the door, identity, headers, layout, loaders, errors."""
