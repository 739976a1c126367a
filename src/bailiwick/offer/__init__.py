"""What is sold: products in sales lines, and dated price lists. It knows neither accounts nor deals."""
