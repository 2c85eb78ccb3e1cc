"""How the models came to be: data -> model -> card."""
