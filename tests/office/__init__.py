"""Files of Office, written for the tests: by hand, so that anything can be put into them."""
