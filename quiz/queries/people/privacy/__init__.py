"""Personal data as the law sees it: what is processed, who sees it, who asks, who was affected."""
