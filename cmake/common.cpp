// Holds the precompiled header: see Folders.cmake.
