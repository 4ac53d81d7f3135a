# Builds a root in which the machine's own programs can be run and nothing of the machine can be changed, and becomes its
# first process. Runs in the namespaces of jail.ts, as an unprivileged user. Input: NUL-separated fields on stdin.
# Invariant: /usr and /etc are all of the machine that can be seen; they are read-only, and no capability is left.
set -eu
umask 022
mapfile -d '' -t fields
init=${fields[0]} mark=${fields[1]}
lines=("${fields[@]:2}")

mount -t tmpfs -o size=64m,nr_inodes=40k,mode=755,nosuid,nodev interlock /tmp
cd /tmp
mkdir -p .o/lines .old dev proc tmp home/dev usr etc
for top in usr etc; do
  mount --rbind "/$top" "$top"
  mount -o remount,bind,ro,nosuid,nodev "$top"
done
for top in bin sbin lib lib32 lib64 libx32; do
  if [[ -L /$top ]]; then
    ln -s "$(readlink "/$top")" "$top"
  elif [[ -d /$top ]]; then
    mkdir "$top"
    mount --rbind "/$top" "$top"
    mount -o remount,bind,ro,nosuid,nodev "$top"
  fi
done
printf '%s' "$init" > .o/init.bash
printf '%s' "$mark" > .o/mark
for at in "${!lines[@]}"; do
  printf '%s' "${lines[at]}" > ".o/lines/$at"
done
for device in null zero random urandom; do
  : > dev/$device
  mount --bind /dev/$device dev/$device
done
mount -t proc -o ro,nosuid,nodev,noexec proc proc
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
pivot_root . .old
cd /
umount -l /.old
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all \
  bash --noprofile --norc /.o/init.bash
