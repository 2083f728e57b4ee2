"""Article -> facts: names, quantities, times, quotes and claims, each with its exact offsets."""
