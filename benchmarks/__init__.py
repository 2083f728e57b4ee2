"""Speed, as ratios: what is compared runs in the same process, minutes apart at most, on the same texts."""
