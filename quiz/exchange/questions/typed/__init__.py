"""Questions typed as text: numbered, labelled, Aiken."""
