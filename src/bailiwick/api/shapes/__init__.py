"""What endpoints give: one model a thing, each made of a row with `of`. Names of things out of sight are never in them."""
