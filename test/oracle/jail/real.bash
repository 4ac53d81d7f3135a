# First process of the root with real programs: runs each line in a small workspace and tells which files it changed.
# Invariant: every line finds the same files, because a line that changed any is followed by new ones.
mark=$(< /.o/mark)
export HOME=/home/dev PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8
make() {
  rm -rf /home/dev /tmp/*
  mkdir -p /home/dev/app/sub
  cd /home/dev/app || exit
  printf 'a\nb\nc\n' > a.txt
  printf 'b\nx\n' > b.txt
  echo hi > sub/c.txt
  # Where an option takes it for a program, it says so; where it is written to, it shows.
  printf '#!/bin/sh\ntouch /home/dev/app/executed\n' > new
  chmod 755 new
  tar -cf x.tar sub 2> /dev/null
  gzip -k -n x.tar 2> /dev/null
  if type -P git > /dev/null; then
    git init -q .
    git config user.email dev@example.org
    git config user.name dev
    git add -A
    git commit -q -m one
    git branch other
    git tag v1
    echo more >> b.txt
    git stash -q
  fi > /dev/null 2>&1
}
# The index of git, a store of keys, and what Java and npm note about themselves: reading makes them new.
files() {
  find / -xdev \( -path /.o -o -path '*/.git/index' -o -path '*/.gnupg' -o -path '/tmp/hsperfdata_*' -o -path '*/.npm' \) -prune \
    -o ! -type d -printf '%p %y %m %s %T@ %l\n' -o -type d -printf '%p %m\n'
}
run() {
  ulimit -u 64 -f 1024 -t 2 -v 2000000 -n 64 -c 0
  cd /home/dev/app || exit
  exec timeout -s KILL 1 bash --noprofile --norc -c "$1" < /dev/null > /.o/output 2>&1
}
make
before=$(files)
count=0
while [[ -f /.o/lines/$count ]]; do
  line=$(< "/.o/lines/$((count++))")
  (run "$line")
  kill -KILL -1 2> /dev/null
  after=$(files)
  if [[ $after != "$before" ]]; then
    diff <(printf '%s\n' "$before") <(printf '%s\n' "$after") | grep '^[<>]'
    make
    before=$(files)
  fi
  printf '\0'
  head -c 30000 /.o/output | tr -d '\0'
  printf '\0%s\0' "$mark"
done
