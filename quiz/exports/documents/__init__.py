"""Documents: what stands on them as plain values, and the writers for PDF and Word."""
