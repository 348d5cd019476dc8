"""sh_binary under the file name that the registry module uses."""

sh_binary = native.sh_binary
