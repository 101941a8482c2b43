"""What the HTTP faces share: pages, texts, headers, cookies, strict parsing.  Knows Starlette and Jinja2, no face."""
