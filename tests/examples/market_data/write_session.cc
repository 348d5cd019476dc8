// Writes a generated session to a file, so that a test can damage it:
//
//   write_session FILE MESSAGES

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "examples/market_data/session_generator.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "write_session FILE MESSAGES\n";
    return 2;
  }
  const auto session =
      market_data::GenerateItchSession({.messages = std::strtoull(argv[2], nullptr, 10)});
  if (!session.ok()) {
    std::cerr << "write_session: " << session.status() << "\n";
    return 1;
  }
  std::ofstream file(argv[1], std::ios::binary);
  file.write(reinterpret_cast<const char*>(session->data()),
             static_cast<std::streamsize>(session->size()));
  file.close();
  return file.good() ? 0 : 1;
}
