// Windows: the program runs in a job object that is closed, and ended, with this process. This one waits for the
// program and for the parent. Method: Job Objects, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE (Win32 documentation).
#include "tether/launch.h"

#ifdef _WIN32

#include <windows.h>

#include <cstdio>
#include <string>

namespace kinetone::tether {
namespace {

constexpr int kNotStarted = 127;
constexpr int kParentGone = 125;

// Quotes one argument as CommandLineToArgvW reads it: backslashes double before a quote, and at the end.
void AppendQuoted(std::wstring& line, const std::wstring& argument) {
  line += L'"';
  std::size_t backslashes = 0;
  for (const wchar_t c : argument) {
    if (c == L'\\') {
      ++backslashes;
      continue;
    }
    line.append(c == L'"' ? backslashes * 2 + 1 : backslashes, L'\\');
    backslashes = 0;
    line += c;
  }
  line.append(backslashes * 2, L'\\');
  line += L'"';
}

// The command line after `--`, taken from the wide one so that no name is lost to a code page.
std::wstring CommandLine() {
  int count = 0;
  wchar_t** arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  std::wstring line;
  bool is_command = false;
  for (int i = 1; arguments != nullptr && i < count; ++i) {
    if (is_command) {
      if (!line.empty()) line += L' ';
      AppendQuoted(line, arguments[i]);
    }
    is_command = is_command || std::wstring(arguments[i]) == L"--";
  }
  LocalFree(arguments);
  return line;
}

}  // namespace

int Launch(const Options& options, char** /*command*/) {
  const HANDLE parent = OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(options.parent));
  if (parent == nullptr) return kParentGone;
  const HANDLE job = CreateJobObjectW(nullptr, nullptr);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);

  std::wstring line = CommandLine();
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  startup.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  PROCESS_INFORMATION process{};
  const DWORD flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | (options.nice > 0 ? BELOW_NORMAL_PRIORITY_CLASS : 0);
  if (CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, flags, nullptr, nullptr, &startup, &process) == 0) {
    std::fprintf(stderr, "kinetone-tether: the program could not be started (error %lu)\n", GetLastError());
    return kNotStarted;
  }
  AssignProcessToJobObject(job, process.hProcess);
  ResumeThread(process.hThread);
  const HANDLE ends[] = {process.hProcess, parent};
  if (WaitForMultipleObjects(2, ends, FALSE, INFINITE) != WAIT_OBJECT_0) {
    TerminateJobObject(job, kParentGone);
    return kParentGone;
  }
  DWORD status = 0;
  GetExitCodeProcess(process.hProcess, &status);
  return static_cast<int>(status);
}

}  // namespace kinetone::tether

#endif
