#!/usr/bin/env bash
# A clerk's draft on a stick and on a share (FAT, exFAT, NTFS, SMB), where links, permissions, renaming and waiting for
# the disk work otherwise: saves, history, killed saves, lock, recovery file, and the stick pulled under the window.
# What cannot be mounted here is skipped with one line.
source "$(dirname "${BASH_SOURCE[0]}")/desk.bash"

place=$desk/place
own=年报
loop=
take_away() {
  fusermount -uz "$desk/net" 2>/dev/null || true
  umount -l "$place" 2>/dev/null || true
  if [[ -n $loop ]]; then losetup -d "$loop" 2>/dev/null || true; fi
  loop=
}
trap 'status=$?; set +e; take_away; (exit "$status"); leave_desk' EXIT

# Mounts an image, by the kernel or by a program: attach <kernel's name> <program…>
attach() {
  local kind=$1
  shift
  loop=$(losetup -f --show "$image" 2>/dev/null) || return 1
  mkdir -p "$place"
  mount -t "$kind" "$loop" "$place" 2>/dev/null || "$@" "$loop" "$place" >/dev/null 2>&1
}

# The program for FAT reads the image itself.
attach_fat() {
  mkdir -p "$place"
  loop=$(losetup -f --show "$image" 2>/dev/null) || return 1
  mount -t vfat "$loop" "$place" 2>/dev/null && return
  losetup -d "$loop"
  loop=
  # It knows no Chinese names.
  own=desk
  fusefat -o rw+ "$image" "$place" >/dev/null 2>&1
}

serve() {
  mkdir -p "$desk/share" "$desk/smb" "$HOME/.smb" "$desk/net"
  printf '%s\n' '[global]' 'server role = standalone server' 'interfaces = lo' 'bind interfaces only = yes' \
    'disable netbios = yes' 'map to guest = Bad User' 'guest account = root' 'load printers = no' \
    "private dir = $desk/smb" "lock directory = $desk/smb" "state directory = $desk/smb" "cache directory = $desk/smb" \
    "pid directory = $desk/smb" "log file = $desk/smb/log" \
    '[desk]' "path = $desk/share" 'guest ok = yes' 'read only = no' 'force user = root' >"$HOME/.smb/smb.conf"
  : >"$HOME/.smb/smbnetfs.conf"
  chmod 600 "$HOME/.smb/smbnetfs.conf"
  # In a session of its own: when it ends it ends its whole group.
  setsid smbd --foreground --no-process-group -s "$HOME/.smb/smb.conf" >/dev/null 2>&1 &
  pids+=($!)
}

attach_share() {
  mkdir -p "$place"
  if mount -t cifs //127.0.0.1/desk "$place" -o guest 2>/dev/null; then return; fi
  command -v smbnetfs >/dev/null || return 1
  (cd "$HOME" && smbnetfs "$desk/net" >/dev/null 2>&1) || return 1
  local end=$((SECONDS + 20))
  until ls "$desk/net/127.0.0.1/desk" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
  rmdir "$place"
  ln -s "$desk/net/127.0.0.1/desk" "$place"
}

new() { "$NIANBAO" new --issuer "$1" --year 2024 -o "$draft" --overwrite; }

issuer() { saved "report['issuer']"; }

# What stands beside the draft, apart from it and its lock.
strangers() { find "$place/$own/" -mindepth 1 ! -name '*.nianbao' ! -name '.~lock.*' -printf '%f\n'; }

lies_in_recovery() { grep -rqs "$1" "$XDG_STATE_HOME/nianbao/recover"; }

is_dirty() { says '未保存'; }

tour() {
  local name=$1 turn count=0 typed
  mkdir -p "$place/$own"
  draft=$place/$own/draft.nianbao
  lock=$place/$own/.~lock.draft.nianbao#
  rm -rf "$XDG_STATE_HOME/nianbao" "$draft"
  for turn in 1 2 3 4; do new "第$turn镇人民政府"; done
  [[ $(issuer) == 第4镇人民政府 ]] || fail "$name：保存后读回"
  for version in "$XDG_STATE_HOME"/nianbao/history/*/*.nianbao; do
    "$NIANBAO" export "$version" --to json -o - >/dev/null
    count=$((count + 1))
  done
  ((count == 3)) || fail "$name：历史版本应有3个，实有$count个"
  # Killed at any moment, a save leaves the one or the other.
  for turn in $(seq 10); do
    "$NIANBAO" new --issuer "第$((turn % 2 + 5))镇人民政府" --year 2024 -o "$draft" --overwrite &
    sleep "0.0$((turn % 10))"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    [[ $(issuer) =~ ^第[456]镇人民政府$ ]] || fail "$name：保存时被杀掉"
  done
  new '青山镇人民政府'
  [[ -z $(strangers) ]] || fail "$name：留下了$(strangers)"

  open_window "$draft"
  await "$name：锁" test -s "$lock"
  keys F6
  typed=seen$RANDOM
  types "$typed"
  await "$name：恢复文件" lies_in_recovery "$typed"
  expect "$name：保存" "$typed" text_of overview >/dev/null
  types pulled
  await "$name：恢复文件" lies_in_recovery "${typed}pulled"
  pull
  keys ctrl+s
  sleep 1
  is_dirty || fail "$name：拔出以后仍是未保存"
  kill -9 "$program"
  wait "$program" 2>/dev/null || true
  plug || fail "$name：重新插上"
  [[ $(text_of overview) == "$typed" ]] || fail "$name：拔出后草稿变了"
  "$NIANBAO" recover 1 -o "$desk/back.nianbao"
  grep -q "${typed}pulled" "$desk/back.nianbao" || fail "$name：拔出前输入的没有找回"
  # The lock of the killed window is known to be one of the dead.
  open_window "$draft"
  await "$name：接过锁" grep -q "process:$program" "$lock"
  keys Escape
  keys ctrl+q
  await "$name：关闭" is_closed
  await "$name：锁已删" test ! -e "$lock"
  [[ -z $(strangers) ]] || fail "$name：留下了$(strangers)"
  echo "$name：保存、历史版本、杀掉10次、锁、恢复文件、拔出，都没有丢"
}

if ((EUID != 0)) || [[ ! -e /dev/fuse && ! -e /dev/loop-control ]]; then
  echo '这里不能挂载磁盘，没有检查U盘和共享'
  exit 0
fi
start_display
for kind in fat exfat ntfs; do
  image=$desk/$kind.img
  truncate -s 32M "$image"
  case $kind in
    fat)
      make=(mkfs.vfat)
      plug() { attach_fat; }
      ;;
    exfat)
      make=(mkfs.exfat)
      plug() { attach exfat mount.exfat-fuse; }
      ;;
    ntfs)
      make=(mkfs.ntfs -q -F -Q)
      plug() { attach ntfs3 ntfs-3g; }
      ;;
  esac
  pull() { take_away; }
  if "${make[@]}" "$image" >/dev/null 2>&1 && plug; then
    tour "$kind（$(findmnt -no FSTYPE "$place")）"
  else
    echo "$kind在这里挂载不了，没有检查"
  fi
  take_away
  own=年报
done

plug() { attach_share; }
pull() { umount -l "$place" 2>/dev/null || { rm "$place" && fusermount -uz "$desk/net" && mkdir "$place"; }; }
if command -v smbd >/dev/null && serve && plug; then
  tour "smb（$(findmnt -no FSTYPE -T "$(realpath "$place")")）"
else
  echo 'smb在这里挂载不了，没有检查'
fi
