"""Records of each kind become rows, through the verbs of the packages below."""
