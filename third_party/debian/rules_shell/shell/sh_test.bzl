"""sh_test under the file name that the registry module uses."""

sh_test = native.sh_test
