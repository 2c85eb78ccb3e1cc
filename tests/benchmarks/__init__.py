"""What ``python dev.py bench`` measures: the product against bare libraries, in one run."""
