/// A new, empty database for a test: SQLite, or PostgreSQL when the test runs under pg_virtualenv.
///
/// One suite, both engines: ctest runs a folder's tests as `unit.FOLDER` on SQLite and, where the
/// folder asks for it with wardmote_postgresql_test(), as `unit.FOLDER.postgresql`.
#pragma once

#include <string>

namespace wardmote::test {

/// True when fresh_database() gives PostgreSQL.
bool on_postgresql();

/// The address of a database that nobody has used; it is deleted when the program ends.
std::string fresh_database();

/// A new folder that is deleted when the program ends.
std::string fresh_folder();

} // namespace wardmote::test
