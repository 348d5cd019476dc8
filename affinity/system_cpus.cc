#include "affinity/system_cpus.h"

#include "absl/status/statusor.h"

namespace affinity {
namespace {

constexpr char kDirectory[] = "sys/devices/system/cpu/";

template <typename Parse>
std::optional<CpuSet> ReadWith(const Parse& parse, const RootDirectory& root,
                               const std::string& path, std::vector<std::string>& notes) {
  const FileText file = root.Read(path);
  if (file.state == FileText::State::kMissing) return std::nullopt;
  if (!file.ok()) {
    notes.push_back("/" + path + " cannot be read: " + file.problem);
    return std::nullopt;
  }
  const absl::StatusOr<CpuSet> set = parse(file.text);
  if (set.ok()) return *set;
  notes.push_back("/" + path + " is damaged and not used: " + std::string(set.status().message()));
  return std::nullopt;
}

// OnlineByDirectories is for trees without the list `online`: kernels older than 2.6.29, damaged
// recordings.
CpuSet OnlineByDirectories(const RootDirectory& root, const CpuSet& directories) {
  CpuSet online;
  for (const int cpu : directories) {
    const FileText file = root.Read(kDirectory + ("cpu" + std::to_string(cpu)) + "/online");
    // Missing means online: CPU 0 mostly has no such file.
    if (!file.ok() || file.text.empty() || file.text[0] != '0') online.Add(cpu);
  }
  return online;
}

}  // namespace

std::optional<CpuSet> ReadCpuList(const RootDirectory& root, const std::string& path,
                                  std::vector<std::string>& notes) {
  return ReadWith([](const std::string& text) { return CpuSet::ParseList(text); }, root, path,
                  notes);
}

std::optional<CpuSet> ReadCpuMask(const RootDirectory& root, const std::string& path,
                                  std::vector<std::string>& notes) {
  return ReadWith([](const std::string& text) { return CpuSet::ParseMask(text); }, root, path,
                  notes);
}

SystemCpus ReadSystemCpus(const RootDirectory& root) {
  SystemCpus cpus;
  const std::string directory = kDirectory;
  CpuSet directories;
  for (const int cpu : root.NumberedNames(directory, "cpu", CpuSet::kMaxCpus)) directories.Add(cpu);

  if (auto online = ReadCpuList(root, directory + "online", cpus.notes);
      online && !online->empty()) {
    cpus.online = *online;
  } else {
    cpus.online = OnlineByDirectories(root, directories);
    cpus.notes.push_back("/" + directory +
                         "online is missing; online CPUs by directory: " + cpus.online.Describe());
  }
  cpus.present = cpus.online | directories;
  if (auto present = ReadCpuList(root, directory + "present", cpus.notes)) cpus.present |= *present;
  // Both files are absent on kernels without the feature: no note.
  cpus.isolated = ReadCpuList(root, directory + "isolated", cpus.notes).value_or(CpuSet());
  cpus.nohz_full = ReadCpuList(root, directory + "nohz_full", cpus.notes).value_or(CpuSet());
  return cpus;
}

}  // namespace affinity
