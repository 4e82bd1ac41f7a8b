// The folder's first file takes the place of this one.
