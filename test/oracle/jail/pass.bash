#!/.o/real/bash -p
# Stands for find, xargs, cat and base64: writes its words and its directory down, then is that program. A bash that it starts is traced again.
printf '%s\0' "$#" "$@" "$(pwd -P)" > "/rec/p.$$.$EPOCHREALTIME"
real=/.o/real/${1##*/}
shift
if [[ -n ${BASH_XTRACEFD-} ]]; then
  exec /.o/real/env SHELLOPTS=xtrace "$real" "$@"
fi
exec "$real" "$@"
