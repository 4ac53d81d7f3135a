# First process of the throw-away root: runs each line under limits, ends what is left of it, prints what was recorded.
# Invariant: everything that a line started is dead before the next one starts, and before this ends.
mark=$(< /.o/mark)
run() {
  ulimit -u 64 -f 1024 -t 2 -v 1000000 -n 64 -c 0
  cd /home/dev/app || exit
  exec 4<&-
  exec /.o/real/env -i HOME=/home/dev USER=dev PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    TERM=dumb LANG=C.UTF-8 BASH_XTRACEFD=19 SHELLOPTS=xtrace \
    "BASH_FUNC_command_not_found_handle%%=() { /.o/stub.bash; }" \
    /.o/real/timeout -s KILL 2 /.o/real/bash --noprofile --norc -c "$1" 19>> "$2" < /dev/null > /dev/null 2>&1
}
one() {
  local line file=$1 trace=/rec/trace.${1##*/} syntax code others record records
  line=$(< "$file")
  : > "$trace" || exit 1
  /.o/real/bash --noprofile --norc -n "$file" < /dev/null > /dev/null 2>&1
  syntax=$?
  exec 4< "$trace"
  (run "$line" "$trace")
  code=$?
  # What runs in the background gets a moment.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    others=(/proc/[2-9]* /proc/1[0-9]*)
    [[ -e ${others[0]} || -e ${others[1]} ]] || break
    /.o/real/sleep 0.02
  done
  kill -KILL -1 2> /dev/null
  printf '%s %s\n' "$syntax" "$code"
  records=()
  for record in /rec/p.*; do
    if [[ -f $record && -z ${seen[$record]-} ]]; then
      seen[$record]=1
      records+=("$record")
    fi
  done
  ((${#records[@]})) && /.o/real/cat "${records[@]}" 2> /dev/null
  printf '\0\0'
  /.o/real/cat <&4
  printf '\0%s\0' "$mark"
}
declare -A seen=()
count=0
while [[ -f /.o/lines/$count ]]; do
  one "/.o/lines/$((count++))"
done
