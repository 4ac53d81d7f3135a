# Builds the throw-away root and becomes its first process. Runs in new user, mount, network, process, IPC and host-name
# namespaces, as an unprivileged user of the machine. Input: NUL-separated fields on stdin (see jail.ts).
# Invariant: nothing of the machine's file system is reachable once init.bash runs; no capability is left for the line.
set -eu
umask 022
mapfile -d '' -t fields
init=${fields[0]} stub=${fields[1]} pass=${fields[2]} status=${fields[3]} mark=${fields[4]}
fields=("${fields[@]:5}")
# Each list has its length in front.
take() {
  local -n list=$1
  local count=${fields[0]}
  list=("${fields[@]:1:count}")
  fields=("${fields[@]:1+count}")
}
take lines
take programs
take libraries
take directories
take stubs

mount -t tmpfs -o size=32m,nr_inodes=20k,mode=755,nosuid,nodev interlock /tmp
cd /tmp
mkdir -p .o .old dev proc rec tmp home/dev/app
mount -t tmpfs -o size=32m,mode=755,nosuid,nodev interlock .o
mkdir .o/real

# Programs that only start others, with their libraries, are copied: no file of the machine is shared.
declare -A tops=()
for library in "${libraries[@]}"; do
  top=${library#/} top=${top%%/*}
  if [[ -z ${tops[$top]-} ]]; then
    tops[$top]=1
    mkdir -p "$top"
    mount -t tmpfs -o size=32m,mode=755,nosuid,nodev interlock "$top"
  fi
done
mkdir -p bin sbin usr/bin usr/sbin usr/local/bin usr/local/sbin
cp -L --parents "${libraries[@]}" .
cp -L "${programs[@]}" .o/real
printf '%s' "$init" > .o/init.bash
printf '%s' "$stub" > .o/stub.bash
printf '%s' "$pass" > .o/pass.bash
chmod 755 .o/*.bash
mkdir .o/lines
for at in "${!lines[@]}"; do
  printf '%s' "${lines[at]}" > ".o/lines/$at"
done
printf '%s' "$mark" > .o/mark
printf '%s\n' "$status" > .o/status

if ((${#directories[@]})); then
  mkdir -p -- "${directories[@]/#/./}" 2> /dev/null || :
fi
made=()
for name in "${stubs[@]}"; do
  if [[ ! -e ./$name ]]; then
    [[ -d ./${name%/*} ]] || mkdir -p -- "./${name%/*}" 2> /dev/null || continue
    printf '#!/.o/stub.bash\n' > "./$name" || continue
    made+=("./$name")
  fi
done
for name in find xargs cat base64; do
  printf '#!/.o/pass.bash\n' > "bin/$name"
  made+=("bin/$name")
done
chmod 755 -- "${made[@]}" 2> /dev/null || :
for name in bash dash env timeout nice nohup setsid; do
  ln -s -f "/.o/real/$name" "bin/$name"
done
ln -s -f /.o/real/dash bin/sh

for device in null zero; do
  : > dev/$device
  mount --bind /dev/$device dev/$device
done
mount -t proc -o ro,nosuid,nodev,noexec proc proc
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
for top in .o "${!tops[@]}"; do
  mount -o remount,bind,ro,nosuid,nodev "$top"
done

unmount=$(type -P umount)
paths=$(printf ':/.old%s' "${libraries[@]%/*}")
pivot_root . .old
cd /
LD_LIBRARY_PATH=${paths#:} "/.old$unmount" -l /.old
exec /.o/real/setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all \
  /.o/real/bash --noprofile --norc /.o/init.bash
