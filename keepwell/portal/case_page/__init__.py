"""What the page of one case is made of, apart from requests and templates."""
