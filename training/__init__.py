"""How the models came to be: data -> model -> card."""

from engine.core.privacy import close_doors

close_doors()  # before torch's neighbours, some of which report home
